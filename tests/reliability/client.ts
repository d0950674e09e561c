import { createHash } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import type { Answer, Facts, History, Operation, Outcome } from './history.ts';

const timeoutMs = 6_000;
const beatMs = 50;

/** One request to make. */
export interface Call {
  readonly kind: string;
  readonly actor: string;
  readonly method: 'GET' | 'POST';
  /** Below /api/v1. */
  readonly path: string;
  readonly accessToken?: string | undefined;
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly facts?: Facts;
}

/** What came of a call. */
export interface Called {
  readonly operation: Operation;
  /** The body's `data`; undefined when there was no answer. */
  readonly data: unknown;
  readonly meta: unknown;
  /** The refresh cookie as `name=value`, where one was set. */
  readonly cookie: string | undefined;
}

interface Received {
  readonly res: IncomingMessage;
  readonly text: string;
}

/** Makes requests as clients do, each on a connection of its own, and notes every one of them. */
export class Client {
  #count = 0;
  #stalledMs = 0;

  constructor(
    private readonly port: number,
    private readonly history: History,
  ) {
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      this.#stalledMs += Math.max(0, now - last - beatMs);
      last = now;
    }, beatMs).unref();
  }

  async call({ kind, actor, facts = {}, ...how }: Call): Promise<Called> {
    this.#count += 1;
    const id = `rig-${this.#count}`;
    const sentAtMs = Date.now();
    const started = performance.now();
    const stalledBefore = this.#stalledMs;
    const received = await this.#send(id, { kind, actor, facts, ...how }).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    const tookMs = Math.round(performance.now() - started);
    const stalledMs = Math.round(this.#stalledMs - stalledBefore);
    const common = { id, kind, actor, sentAtMs, tookMs, stalledMs, facts };
    if (received instanceof Error) {
      const operation: Operation = {
        ...common,
        outcome: 'unknown',
        answer: null,
        failure: reasonOf(received),
      };
      this.history.add(operation);
      return { operation, data: undefined, meta: undefined, cookie: undefined };
    }
    const { data, meta, code } = parseBody(received.text);
    const cookie = refreshCookieOf(received.res);
    const answer = answerOf(received, data, code ?? null, cookie);
    const operation: Operation = { ...common, outcome: outcomeOf(answer.status), answer };
    this.history.add(operation);
    return { operation, data, meta, cookie };
  }

  #send(id: string, { method, path, accessToken, cookie, body, facts }: Call): Promise<Received> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      'X-Request-Id': id,
      'X-Requested-With': 'rig',
      ...(accessToken !== undefined && { Authorization: `Bearer ${accessToken}` }),
      ...(cookie !== undefined && { Cookie: cookie }),
      ...(facts?.key !== undefined && { 'Idempotency-Key': facts.key }),
      ...(payload !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(payload),
      }),
    };
    return new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: this.port,
        path: `/api/v1${path}`,
        method,
        headers,
        agent: false,
      };
      const req = request(options, (res) => {
        let text = '';
        res.setEncoding('utf8');
        res.on('data', (chunk: string) => (text += chunk));
        res.on('error', reject);
        // Without an `end` before it, the answer was cut off.
        res.on('end', () => {
          clearTimeout(timer);
          resolve({ res, text });
        });
      });
      const timer = setTimeout(() => req.destroy(new Error('time-out')), timeoutMs);
      req.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      req.end(payload);
    });
  }
}

// A 5xx says that something failed, and cannot say whether the commit that it waited for has come through.
const outcomeOf = (status: number): Outcome => (status >= 500 ? 'unknown' : status < 400 ? 'ok' : 'fail');

const reasonOf = (error: Error): string => ('code' in error ? String(error.code) : error.message);

interface Body {
  readonly data?: unknown;
  readonly meta?: unknown;
  readonly code?: string;
}

function parseBody(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

/** What this cookie is for the next request: `name=value`. */
function refreshCookieOf(res: IncomingMessage): string | undefined {
  const header = res.headers['set-cookie']?.find((one) => one.startsWith('refresh='));
  return header?.split(';')[0];
}

function answerOf(
  { res, text }: Received,
  data: unknown,
  code: string | null,
  cookie: string | undefined,
): Answer {
  const status = res.statusCode ?? 0;
  const order = data as { id?: string; status?: string; totalMinor?: number } | undefined;
  const isOrder = order?.totalMinor !== undefined;
  const successor = generationOf(cookie);
  return {
    status,
    code,
    hash: createHash('sha256')
      .update(`${status}\n${res.headers.location ?? ''}\n${text}`)
      .digest('hex'),
    isReplay: res.headers['idempotency-replayed'] === 'true',
    ...(isOrder && { orderId: order.id, orderStatus: order.status, totalMinor: order.totalMinor }),
    ...(successor !== undefined && { successor }),
  };
}

/** The generation that a refresh token says it is of. */
export function generationOf(cookie: string | undefined): number | undefined {
  const generation = Number(cookie?.split('.')[1]);
  return generation > 0 ? generation : undefined;
}

/** The session that a refresh token says it is of. */
export const sessionIdOf = (cookie: string): string =>
  cookie.slice(cookie.indexOf('=') + 1).split('.')[0] ?? '';
