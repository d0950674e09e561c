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

/** Sends calls with what the session needs, and makes it go on where an access token has ended. */
export interface Transport {
  readonly fetch: Fetch;
  /** Gets a new access token for the refresh cookie; false where there is no session to go on with. */
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

const isSafe = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');

export function createTransport({
  baseUrl,
  fetch,
  session,
  retry,
  onSignedOut,
}: TransportOptions): Transport {
  /** One attempt, with the token and the cookies of this moment. */
  const send = async (request: Request): Promise<Response> => {
    const attempt = request.clone();
    const { accessToken, cookieHeader } = session;
    if (accessToken !== null && !attempt.headers.has('authorization'))
      attempt.headers.set('authorization', `Bearer ${accessToken}`);
    // Only Node lets a script set this one, and only there it is needed.
    if (cookieHeader !== null) attempt.headers.set('cookie', cookieHeader);
    const response = await fetch(attempt);
    await session.keepCookies(response.headers);
    return response;
  };

  const sendPatiently = (request: Request): Promise<Response> =>
    isSafe(request) ? withRetries(() => send(request), retry, request.signal) : send(request);

  const askForToken = async (): Promise<boolean> => {
    // A token that comes a second time within ten seconds has the same successor: this may be repeated.
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
    refreshing ??= askForToken().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  return {
    refresh,
    fetch: async (request) => {
      await session.load();
      const usedToken = session.accessToken;
      const response = await sendPatiently(request);
      const isOwnToken = !request.headers.has('authorization');
      if (isOwnToken && session.canRefresh && (await isTokenRefused(response))) {
        // Another call may have got a new one in the meantime.
        const hasNewToken = session.accessToken !== usedToken || (await refresh().catch(() => false));
        return hasNewToken ? sendPatiently(request) : response;
      }
      if (response.ok && new URL(request.url).pathname.startsWith('/api/v1/auth/')) {
        const accessToken = await accessTokenIn(response);
        if (accessToken !== null) await session.signedIn(accessToken);
      }
      return response;
    },
  };
}
