import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import Joi from 'joi';
import { AppError, coreErrors } from '../../src/core/errors.ts';
import { statusOf } from '../../src/http/envelope.ts';
import { methodNotAllowed } from '../../src/http/router.ts';
import { createHttpServer } from '../../src/process/http-server.ts';
import { createExpress } from '../../src/middleware/base-app.ts';
import { parseBody } from '../../src/middleware/body.ts';
import { securityHeaders } from '../../src/middleware/security.ts';
import { Ledger, LedgerRefusal, type Charge, type Movement, type Step } from './ledger.ts';
import { changeSwitches, noFaults } from './switches.ts';
import { Webhooks } from './webhooks.ts';

export interface SandboxOptions {
  /** Bearer token that callers must send. */
  readonly key: string;
  readonly ledgerFile?: string | undefined;
  /** The URL to which webhooks are sent, and the secret that signs them. If omitted, no webhooks are sent. */
  readonly webhook?: { readonly url: string; readonly secret: string; readonly retryMs?: readonly number[] };
}

/** A payment provider for development and tests. It can simulate faults. */
export interface Sandbox {
  readonly server: Server;
  close(): void;
}

const bodyLimits = { maxBytes: 102_400, timeoutMs: 10_000 };

const stepNames: readonly string[] = ['settle', 'release', 'reverse'] satisfies Step[];
const isStep = (name: unknown): name is Step => typeof name === 'string' && stepNames.includes(name);

/** Creates the sandbox. The caller must make its server listen. */
export function createSandbox({ key, ledgerFile, webhook }: SandboxOptions): Sandbox {
  const ledger = new Ledger(ledgerFile);
  const webhooks = webhook === undefined ? undefined : new Webhooks(webhook);
  let switches = noFaults;

  /** Applies the faults `outage` and `latencyMs` before a request is handled. */
  const misbehave: RequestHandler = async (req, res, next) => {
    const { outage, latencyMs } = switches;
    if (outage === 'reset') {
      req.socket.resetAndDestroy();
      return;
    }
    if (outage === 'unavailable') {
      res.status(503).json({ problem: 'closed', text: 'The service is unavailable.' });
      return;
    }
    if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
    next();
  };

  /** Carries out an operation, sends its webhook and responds with the charge. */
  const execute =
    (work: (req: Request, key: string) => Movement): RequestHandler =>
    (req, res) => {
      const before = ledger.movements.length;
      const { charge, number } = work(req, keyOf(req));
      if (number > before)
        webhooks?.send(
          { notice: 'charge.changed', ref: charge.ref, state: charge.state },
          switches.webhookCopies,
          switches.webhookDelayMs,
        );
      if (!switches.timeoutAfterSuccess) res.status(201).json(charge);
    };

  const rejectionOf = ({ amount }: Pick<Charge, 'amount'>): string | undefined => {
    const { decline, declineAbove } = switches;
    const isTooMuch = declineAbove !== null && Number(amount) > Number(declineAbove);
    return decline || isTooMuch ? 'insufficient_funds' : undefined;
  };

  const app = createExpress();
  app.use(securityHeaders(false));
  app.use((req, res, next) => {
    if (req.get('authorization') === `Bearer ${key}`) next();
    else res.status(401).json({ problem: 'unknown-caller', text: 'The key is wrong.' });
  });
  app.use(parseBody(bodyLimits));
  // These routes ignore the simulated faults, so that tests can always read the ledger and end an outage.
  app.get('/switches', (_req, res) => {
    res.json(switches);
  });
  app.post('/switches', (req, res) => {
    switches = changeSwitches(switches, req.body);
    res.json(switches);
  });
  app.all('/switches', methodNotAllowed(['get', 'post']));
  app.get('/ledger', (_req, res) => {
    res.json({ movements: ledger.movements });
  });
  app.all('/ledger', methodNotAllowed(['get']));
  app.use(misbehave);
  app.get('/charges/:ref', (req, res) => {
    res.json(ledger.charge(req.params.ref));
  });
  app.all('/charges/:ref', methodNotAllowed(['get']));
  app.post(
    '/charges',
    execute((req, idempotencyKey) => {
      const asked = readCharge(req.body);
      return ledger.hold(asked, idempotencyKey, rejectionOf(asked));
    }),
  );
  app.all('/charges', methodNotAllowed(['post']));
  app.post(
    '/charges/:ref/:step',
    execute((req, idempotencyKey) => {
      const { ref, step } = req.params;
      if (typeof ref !== 'string' || !isStep(step)) throw new Malformed('There is no such step.');
      return ledger.move(ref, step, idempotencyKey);
    }),
  );
  app.all('/charges/:ref/:step', methodNotAllowed(['post']));
  app.use(() => {
    throw coreErrors.notFound();
  });
  app.use(sendError);
  return {
    server: createHttpServer({ express: app }).server,
    close: () => {
      webhooks?.close();
    },
  };
}

/** Thrown for a malformed request. */
class Malformed extends Error {}

function keyOf(req: Request): string {
  const key = req.get('idempotency-key');
  if (key === undefined || key === '') throw new Malformed('Send an Idempotency-Key.');
  return key;
}

function readCharge(body: unknown): Pick<Charge, 'ref' | 'amount' | 'currency'> {
  const { ref, amount, currency } = (body ?? {}) as Record<string, unknown>;
  const isRight =
    typeof ref === 'string' &&
    /^[\w-]{1,64}$/.test(ref) &&
    typeof amount === 'string' &&
    /^\d+(\.\d+)?$/.test(amount) &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency);
  if (!isRight) throw new Malformed('Send ref, amount as decimal text, and currency.');
  return { ref, amount, currency };
}

/** Responds with the error. Also writes unexpected errors to standard error. */
const sendError: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const refuse = (status: number, problem: string, text: string): void => {
    res.status(status).json({ problem, text });
  };
  if (error instanceof LedgerRefusal)
    refuse(error.code === 'no-such-charge' ? 404 : 409, error.code, error.message);
  else if (error instanceof Malformed || error instanceof Joi.ValidationError || error instanceof URIError)
    refuse(400, 'malformed', error.message);
  else if (error instanceof AppError) {
    res.set(error.headers);
    refuse(statusOf(error.kind), error.code.toLowerCase().replaceAll('_', '-'), error.message);
  } else {
    process.stderr.write(`${inspect(error)}\n`);
    refuse(500, 'failed', 'The sandbox failed; see its output.');
  }
};
