import createClient, { type Client } from 'openapi-fetch';
import { unwrap } from './errors.ts';
import { idempotentOperations } from './operations.ts';
import type { RetryOptions } from './retry.ts';
import type { components, operations, paths } from './schema.ts';
import { Session, type SessionStorage } from './session.ts';
import { createTransport } from './transport.ts';

/** The body of `POST /auth/login`. */
export type Credentials = components['schemas']['Credentials'];

type SignedIn = operations['post_auth_login']['responses'][200]['content']['application/json']['data'];

/** Options of a client. */
export interface StrataClientOptions {
  /** The origin of the service, such as `https://api.example.com`. In a browser on the same origin: `location.origin`. */
  readonly baseUrl: string;
  /** Replaces the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Stores the session outside the process. The default is memory. Browsers do not need it. */
  readonly storage?: SessionStorage;
  /** Retries after network errors and responses such as 503, for reads and for calls with an idempotency key. */
  readonly retry?: RetryOptions;
  /** Called when the session has expired or was revoked, so that the user must sign in again. */
  readonly onSignedOut?: () => void;
}

/** A client with a typed call for every route, such as `client.GET('/api/v1/users/{id}', …)`, and its session. */
export interface StrataClient extends Client<paths> {
  /**
   * Signs in. If the user has a second factor, the result has `mfaRequired` and an `mfaToken` to verify a code with.
   * Throws a StrataError.
   */
  signIn(credentials: Credentials): Promise<SignedIn>;
  /** Resumes the session with the refresh cookie of the browser or the storage. Returns false if there is no session. */
  resume(): Promise<boolean>;
  /** Signs out. Ends the local session in any case; throws a StrataError or a network error if the request fails. */
  signOut(): Promise<void>;
}

// `crypto.randomUUID` is undefined on pages without https.
const makeKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// Send text unchanged if its content type is not JSON.
const serialize = (body: unknown, headers?: unknown): string => {
  const type = headers instanceof Headers ? headers.get('content-type') : null;
  return typeof body === 'string' && type !== null && !type.startsWith('application/json')
    ? body
    : JSON.stringify(body);
};

/** Creates a client with its own session. */
export function createStrataClient(options: StrataClientOptions): StrataClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const session = new Session(options.storage);
  const transport = createTransport({
    baseUrl,
    session,
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    retry: options.retry ?? {},
    onSignedOut: options.onSignedOut,
  });
  const client = createClient<paths>({
    baseUrl,
    fetch: transport.fetch,
    credentials: 'include',
    // The service requires this header for requests with a cookie that have no same-site `Origin`.
    headers: { 'x-requested-with': 'strata-client' },
    bodySerializer: serialize,
  });
  client.use({
    onRequest: ({ request, schemaPath }) => {
      const isKeyed = idempotentOperations.includes(`${request.method} ${schemaPath}`);
      // Set the key before the first attempt: all retries send the same key.
      if (isKeyed && !request.headers.has('idempotency-key'))
        request.headers.set('idempotency-key', makeKey());
    },
  });

  return Object.assign(client, {
    signIn: (credentials: Credentials) => unwrap(client.POST('/api/v1/auth/login', { body: credentials })),
    resume: async () => {
      await session.load();
      return transport.refresh();
    },
    signOut: async () => {
      try {
        await unwrap(client.POST('/api/v1/auth/logout'));
      } finally {
        await session.end();
      }
    },
  });
}
