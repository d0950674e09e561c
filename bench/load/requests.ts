import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Traffic } from './job.ts';

/** A request to send and the expected status. */
export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly expected: number;
  /** Called with every response, whatever its status. */
  readonly answered?: (status: number, headers: IncomingHttpHeaders) => void;
}

/** Supplies the requests. Returns a promise if the next request must wait for a response. */
export interface Requests {
  next(): Request | Promise<Request>;
  /** The refresh cookies that a later job can use. */
  cookies(): readonly string[];
}

export function createRequests(traffic: Traffic): Requests {
  switch (traffic.kind) {
    case 'refresh':
      return new Refreshes(traffic.cookies);
    case 'mix':
      return mixed(traffic.parts.map(createRequests));
    case 'get':
    case 'order':
    case 'login':
      return { next: makerOf(traffic), cookies: () => [] };
  }
}

function makerOf(traffic: Extract<Traffic, { kind: 'get' | 'order' | 'login' }>): () => Request {
  switch (traffic.kind) {
    case 'get': {
      const [path, token] = [anyOf(traffic.paths), inTurn(traffic.tokens)];
      return () => ({
        method: 'GET',
        path: path(),
        headers: authorization(token()),
        body: undefined,
        expected: 200,
      });
    }
    case 'order': {
      const [productId, token] = [anyOf(traffic.productIds), inTurn(traffic.tokens)];
      return () => {
        const ids = new Set<string>();
        while (ids.size < traffic.lines) ids.add(productId());
        const items = [...ids].map((id) => ({ productId: id, quantity: 1 }));
        const headers = { ...authorization(token()), 'Idempotency-Key': randomUUID() };
        return post('/api/v1/orders', { items }, 201, headers);
      };
    }
    case 'login': {
      const email = inTurn(traffic.emails);
      const { password, expected } = traffic;
      return () => post('/api/v1/auth/login', { email: email() ?? '', password }, expected);
    }
  }
}

function post(path: string, content: unknown, expected: number, headers: Request['headers'] = {}): Request {
  const body = JSON.stringify(content);
  return {
    method: 'POST',
    path,
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    },
    body,
    expected,
  };
}

const authorization = (token: string | undefined): Request['headers'] =>
  token === undefined ? {} : { Authorization: `Bearer ${token}` };

function inTurn(values: readonly string[]): () => string | undefined {
  let count = 0;
  return () => values[count++ % values.length];
}

// Choose at random, so that all pages of the table are read equally often.
const anyOf =
  (values: readonly string[]): (() => string) =>
  () =>
    values[Math.floor(Math.random() * values.length)] ?? '';

function mixed(parts: readonly Requests[]): Requests {
  let count = 0;
  return {
    next: () => {
      const part = parts[count++ % parts.length];
      if (part === undefined) throw new Error('A mix needs parts.');
      return part.next();
    },
    cookies: () => parts.flatMap((part) => part.cookies()),
  };
}

/** Sends refresh requests, for each session only one at a time, because a cookie can be used only once. */
class Refreshes implements Requests {
  readonly #free: string[];
  readonly #waiting: ((cookie: string) => void)[] = [];

  constructor(cookies: readonly string[]) {
    this.#free = [...cookies];
  }

  next(): Request | Promise<Request> {
    const cookie = this.#free.shift();
    if (cookie !== undefined) return this.#exchange(cookie);
    return new Promise<string>((resolve) => this.#waiting.push(resolve)).then((free) => this.#exchange(free));
  }

  cookies(): readonly string[] {
    return this.#free;
  }

  #exchange(cookie: string): Request {
    return {
      method: 'POST',
      path: '/api/v1/auth/refresh',
      headers: { Cookie: cookie, 'X-Requested-With': 'bench', 'Content-Length': '0' },
      body: undefined,
      expected: 200,
      answered: (_status, headers) => {
        this.#giveBack(refreshCookieIn(headers) ?? cookie);
      },
    };
  }

  #giveBack(cookie: string): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(cookie);
    else next(cookie);
  }
}

/**
 * Returns the refresh cookie that a response sets, in the form of a Cookie header. Returns undefined if there is none.
 */
export const refreshCookieIn = (headers: IncomingHttpHeaders): string | undefined =>
  headers['set-cookie']?.find((cookie) => /^[^=]*refresh=[^;]/.test(cookie))?.split(';')[0];
