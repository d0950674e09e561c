import { createHash } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import type { ResponseSummary, RequestFacts, History, Operation, Outcome } from './history.ts';

const timeoutMs = 6_000;
const beatMs = 50;

export interface Call {
  readonly kind: string;
  readonly actor: string;
  readonly method: 'GET' | 'POST';
  /** The path below `/api/v1`. */
  readonly path: string;
  readonly accessToken?: string | undefined;
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly facts?: RequestFacts;
}

/** The result of a call. */
export interface CallResult {
  readonly operation: Operation;
  /** The `data` of the body, or undefined if there was no response. */
  readonly data: unknown;
  readonly meta: unknown;
  /** The refresh cookie as `name=value`, if the response sets one. */
  readonly cookie: string | undefined;
}

interface ReceivedResponse {
  readonly res: IncomingMessage;
  readonly text: string;
}

/** Sends each request over a connection of its own, and records it in the history. */
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

  async call({ kind, actor, facts = {}, ...how }: Call): Promise<CallResult> {
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
        response: null,
        failure: reasonOf(received),
      };
      this.history.add(operation);
      return { operation, data: undefined, meta: undefined, cookie: undefined };
    }
    const { data, meta, code } = parseBody(received.text);
    const cookie = refreshCookieOf(received.res);
    const response = summarize(received, data, code ?? null, cookie);
    const operation: Operation = { ...common, outcome: outcomeOf(response.status), response };
    this.history.add(operation);
    return { operation, data, meta, cookie };
  }

  #send(id: string, { method, path, accessToken, cookie, body, facts }: Call): Promise<ReceivedResponse> {
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
        // Resolve on `end`, which is never emitted if the response was cut off.
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

// Count a 5xx as unknown, because the client cannot know whether the change was stored.
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

/** Returns the refresh cookie of a response as `name=value`. */
function refreshCookieOf(res: IncomingMessage): string | undefined {
  const header = res.headers['set-cookie']?.find((one) => one.startsWith('refresh='));
  return header?.split(';')[0];
}

function summarize(
  { res, text }: ReceivedResponse,
  data: unknown,
  code: string | null,
  cookie: string | undefined,
): ResponseSummary {
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

/** Returns the generation in a refresh cookie. */
export function generationOf(cookie: string | undefined): number | undefined {
  const generation = Number(cookie?.split('.')[1]);
  return generation > 0 ? generation : undefined;
}

/** Returns the session id in a refresh cookie. */
export const sessionIdOf = (cookie: string): string =>
  cookie.slice(cookie.indexOf('=') + 1).split('.')[0] ?? '';
