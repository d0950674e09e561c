import { isErrorBody } from './errors.ts';
import { withRetries, type RetryOptions } from './retry.ts';
import type { Session } from './session.ts';

type Fetch = (request: Request) => Promise<Response>;

interface TransportOptions {
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly session: Session;
  readonly retry: RetryOptions;
  readonly onSignedOut: (() => void) | undefined;
}

/** Sends calls with the tokens of the session, and refreshes an expired access token. */
export interface Transport {
  readonly fetch: Fetch;
  /** Refreshes the access token. Returns false if the session has ended. */
  refresh(): Promise<boolean>;
}

const bodyOf = async (response: Response): Promise<unknown> =>
  response
    .clone()
    .json()
    .catch(() => null);

const isTokenRefused = async (response: Response): Promise<boolean> => {
  if (response.status !== 401) return false;
  const body = await bodyOf(response);
  return isErrorBody(body) && body.code === 'UNAUTHENTICATED';
};

async function accessTokenIn(response: Response): Promise<string | null> {
  const body = (await bodyOf(response)) as { data?: { accessToken?: unknown } } | null;
  const token = body?.data?.accessToken;
  return typeof token === 'string' ? token : null;
}

const isRetryable = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');

/** Creates the transport of a client. Concurrent calls share one refresh. */
export function createTransport({
  baseUrl,
  fetch,
  session,
  retry,
  onSignedOut,
}: TransportOptions): Transport {
  /** Sends one attempt with the current token and cookies. */
  const send = async (request: Request): Promise<Response> => {
    const attempt = request.clone();
    const { accessToken, cookieHeader } = session;
    if (accessToken !== null && !attempt.headers.has('authorization'))
      attempt.headers.set('authorization', `Bearer ${accessToken}`);
    // Browsers ignore this header and send their own cookies.
    if (cookieHeader !== null) attempt.headers.set('cookie', cookieHeader);
    const response = await fetch(attempt);
    await session.storeCookies(response.headers);
    return response;
  };

  const sendWithRetries = (request: Request): Promise<Response> =>
    isRetryable(request) ? withRetries(() => send(request), retry, request.signal) : send(request);

  const requestToken = async (): Promise<boolean> => {
    // Safe to retry: a refresh token reused within ten seconds returns the same successor.
    const request = new Request(`${baseUrl}/api/v1/auth/refresh`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'x-requested-with': 'strata-client' },
    });
    const response = await withRetries(() => send(request), retry, request.signal);
    if (response.ok) {
      const accessToken = await accessTokenIn(response);
      if (accessToken !== null) await session.signedIn(accessToken);
      return accessToken !== null;
    }
    if (response.status === 401) {
      await session.end();
      onSignedOut?.();
    }
    return false;
  };

  let refreshing: Promise<boolean> | undefined;
  const refresh = (): Promise<boolean> => {
    refreshing ??= requestToken().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  return {
    refresh,
    fetch: async (request) => {
      await session.load();
      const usedToken = session.accessToken;
      const response = await sendWithRetries(request);
      const isOwnToken = !request.headers.has('authorization');
      if (isOwnToken && session.canRefresh && (await isTokenRefused(response))) {
        // Another call may have refreshed the token in the meantime.
        const hasNewToken = session.accessToken !== usedToken || (await refresh().catch(() => false));
        return hasNewToken ? sendWithRetries(request) : response;
      }
      if (response.ok && new URL(request.url).pathname.startsWith('/api/v1/auth/')) {
        const accessToken = await accessTokenIn(response);
        if (accessToken !== null) await session.signedIn(accessToken);
      }
      return response;
    },
  };
}
