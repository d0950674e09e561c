import CircuitBreaker from 'opossum';
import {
  PaymentProviderError,
  type PaymentProvider,
  type PaymentRequest,
  type ProviderPayment,
  type ProviderStatus,
} from './payment-provider.ts';
import type { Logger } from '../../core/ports.ts';
import { fromDecimal, toDecimal } from '../../utils/decimal-money.ts';

/** Where the provider is, and what to show to it. */
export interface ProviderAccess {
  readonly url: string;
  readonly key: string;
}

interface SandboxPaymentsOptions {
  /** Null where there is no provider: then every call is `unavailable`. */
  readonly access: ProviderAccess | null;
  readonly logger: Logger;
  /** How long a call may take; 2 s unless given. */
  readonly timeoutMs?: number;
  /** How long nothing is sent after too many failures; 5 s unless given. */
  readonly restMs?: number;
}

/** A payment provider with connections to close. */
export interface ClosablePayments extends PaymentProvider {
  close(): Promise<void>;
}

/** The states of a charge, as the provider calls them. */
const statuses: Readonly<Record<string, ProviderStatus>> = {
  holding: 'authorized',
  rejected: 'declined',
  settled: 'captured',
  released: 'voided',
  reversed: 'refunded',
};

// It said so before it did anything; or it was never reached.
const untouched = [401, 403, 408, 429, 503];
const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body?: object;
}

interface Answer {
  readonly status: number;
  readonly content: unknown;
}

/** Speaks to the sandbox provider: its words and amounts stay in here, and so does what its failures look like. */
export function createSandboxPayments({
  access,
  logger,
  timeoutMs = 2_000,
  restMs = 5_000,
}: SandboxPaymentsOptions): ClosablePayments {
  const breaker = new CircuitBreaker((call: Call) => send(access, call, timeoutMs), {
    // A time-out of the breaker's own would leave the call running.
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    resetTimeout: restMs,
    // A refusal is an answer: whoever gives it is well.
    errorFilter: (error: unknown) => error instanceof PaymentProviderError && error.failure === 'refused',
  });
  breaker.on('open', () => {
    logger.warn('The payment provider fails too often: it is left alone for some seconds.');
  });

  const ask = async (call: Call): Promise<Answer> => {
    try {
      return await breaker.fire(call);
    } catch (error) {
      if (error instanceof PaymentProviderError) throw error;
      throw new PaymentProviderError('unavailable', 'The payment provider is left alone.', { cause: error });
    }
  };
  const move = async (reference: string, step: string): Promise<ProviderPayment> => {
    const path = `/charges/${encodeURIComponent(reference)}/${step}`;
    return translate((await ask({ method: 'POST', path, key: `${reference}:${step}` })).content);
  };

  return {
    authorize: async ({ reference, amountMinor, currency }: PaymentRequest) => {
      const body = { ref: reference, amount: toDecimal(amountMinor, currency), currency };
      const call: Call = { method: 'POST', path: '/charges', key: `${reference}:hold`, body };
      return translate((await ask(call)).content);
    },
    capture: (reference) => move(reference, 'settle'),
    void: (reference) => move(reference, 'release'),
    refund: (reference) => move(reference, 'reverse'),
    find: async (reference) => {
      const { status, content } = await ask({
        method: 'GET',
        path: `/charges/${encodeURIComponent(reference)}`,
      });
      return status === 404 ? null : translate(content);
    },
    referenceIn: (notice) => {
      const reference = fieldOf(notice, 'ref');
      return typeof reference === 'string' && reference !== '' ? reference : null;
    },
    close: async () => {
      breaker.shutdown();
    },
  };
}

async function send(
  access: ProviderAccess | null,
  { method, path, key, body }: Call,
  timeoutMs: number,
): Promise<Answer> {
  if (access === null)
    throw new PaymentProviderError('unavailable', 'There is no payment provider: set PAYMENT_PROVIDER_URL.');
  const answer = await fetch(access.url.replace(/\/$/, '') + path, {
    method,
    headers: {
      Authorization: `Bearer ${access.key}`,
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
    // Read whole, so that a slow body counts like a slow answer.
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((cause: unknown) => {
      throw new PaymentProviderError(
        unreached.includes(codeOf(cause)) ? 'unavailable' : 'unknown',
        'The payment provider did not answer.',
        { cause },
      );
    });
  const isAbsent = method === 'GET' && answer.status === 404;
  if (answer.status >= 400 && !isAbsent) throw failureOf(answer);
  return { status: answer.status, content: parse(answer.text) };
}

function failureOf({ status, text }: { status: number; text: string }): PaymentProviderError {
  const cause = new Error(`Status ${status}: ${text.slice(0, 200)}`);
  if (untouched.includes(status))
    return new PaymentProviderError('unavailable', 'The payment provider does nothing just now.', { cause });
  return status >= 500
    ? new PaymentProviderError('unknown', 'The payment provider failed.', { cause })
    : new PaymentProviderError('refused', 'The payment provider refused.', { cause });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PaymentProviderError('unknown', 'The payment provider answered something else.', { cause });
  }
}

function translate(charge: unknown): ProviderPayment {
  const [state, amount, currency, cause] = ['state', 'amount', 'currency', 'cause'].map((name) =>
    fieldOf(charge, name),
  );
  const status = typeof state === 'string' ? statuses[state] : undefined;
  const amountMinor =
    typeof amount === 'string' && typeof currency === 'string' ? fromDecimal(amount, currency) : null;
  if (status === undefined || amountMinor === null || typeof currency !== 'string')
    throw new PaymentProviderError('unknown', 'The payment provider answered something else.');
  return { status, amountMinor, currency, ...(typeof cause === 'string' && { reason: cause }) };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** The code of whatever lies at the bottom of an error of `fetch`: a cause, or one error for each address that was tried. */
function codeOf(error: unknown): string {
  const [code, cause, errors] = ['code', 'cause', 'errors'].map((name) => fieldOf(error, name));
  if (typeof code === 'string') return code;
  const below: unknown[] = Array.isArray(errors) ? errors : [cause];
  return below[0] === undefined ? '' : codeOf(below[0]);
}
