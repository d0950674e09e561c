import createClient, { type Client } from 'openapi-fetch';
import { unwrap } from './errors.ts';
import { idempotentOperations } from './operations.ts';
import type { RetryOptions } from './retry.ts';
import type { components, operations, paths } from './schema.ts';
import { Session, type SessionStorage } from './session.ts';
import { createTransport } from './transport.ts';

export type Credentials = components['schemas']['Credentials'];

type SignedIn = operations['post_auth_login']['responses'][200]['content']['application/json']['data'];

export interface StrataClientOptions {
  /** Such as `https://api.example.com`; in a browser `location.origin` where the service is behind the same one. */
  readonly baseUrl: string;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Keeps the session where it outlives the process; in memory unless given. Browsers need none. */
  readonly storage?: SessionStorage;
  /** How calls are repeated after network errors and answers such as 503: reads, and what has an idempotency key. */
  readonly retry?: RetryOptions;
  /** Called when the session has ended by itself, so that somebody has to sign in again. */
  readonly onSignedOut?: () => void;
}

/** Every route as a typed call (`client.GET('/api/v1/users/{id}', …)`), and the session around them. */
export interface StrataClient extends Client<paths> {
  /** Signs in; where a second factor is turned on the answer has `mfaRequired`, and the code goes to its own route. Throws a StrataError. */
  signIn(credentials: Credentials): Promise<SignedIn>;
  /** Takes up the session that a browser, or the storage, still holds a cookie of; false where there is none. */
  resume(): Promise<boolean>;
  /** Ends the session, here in any case. Throws a StrataError, or a network error, when the service could not be told. */
  signOut(): Promise<void>;
}

// `crypto.randomUUID` is not there on pages without https.
const makeKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// A text goes as it is where it says that it is no JSON, such as a file.
const serialize = (body: unknown, headers?: unknown): string => {
  const type = headers instanceof Headers ? headers.get('content-type') : null;
  return typeof body === 'string' && type !== null && !type.startsWith('application/json')
    ? body
    : JSON.stringify(body);
};

/** Makes a client with a session of its own. */
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
    // Asked of whatever acts by cookie outside a browser's own origin.
    headers: { 'x-requested-with': 'strata-client' },
    bodySerializer: serialize,
  });
  client.use({
    onRequest: ({ request, schemaPath }) => {
      const isKeyed = idempotentOperations.includes(`${request.method} ${schemaPath}`);
      // Before the first attempt, so that all attempts have the same.
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
