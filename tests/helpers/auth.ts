import type supertest from 'supertest';
import type { TestApp } from './app.ts';

/** Posts with this refresh cookie and without an `Origin`, like a client that is not a browser. */
export const postWithCookie = (test: TestApp, path: string, cookie: string): supertest.Test =>
  test.http.post(path).set({ Cookie: cookie, 'X-Requested-With': 'test' });

export const refresh = (test: TestApp, cookie: string): supertest.Test =>
  postWithCookie(test, '/auth/refresh', cookie);

export const setCookiesOf = (response: supertest.Response): string[] => response.get('Set-Cookie') ?? [];

/** The `Set-Cookie` header that clears the refresh cookie. */
export const clearedCookie = 'refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict';

/** Returns the id of the session that a refresh cookie belongs to. */
export const sessionIdOf = (cookie: string): string => cookie.split(/[=.]/)[1] ?? '';

type TimestampColumn = 'auth_time' | 'rotated_at' | 'idle_expires_at' | 'absolute_expires_at';

/** Sets a timestamp of a session to `seconds` ago, measured by the database's clock. */
export async function backdateSession(
  test: TestApp,
  cookie: string,
  column: TimestampColumn,
  seconds: number,
): Promise<void> {
  await test.db.query(`UPDATE sessions SET ${column} = now() - make_interval(secs => $2) WHERE id = $1`, [
    sessionIdOf(cookie),
    seconds,
  ]);
}

/** Returns the generation of a session's current refresh token: how often the token was refreshed. */
export async function generationOf(test: TestApp, cookie: string): Promise<number | undefined> {
  const [row] = await test.db.query<{ generation: number }>('SELECT generation FROM sessions WHERE id = $1', [
    sessionIdOf(cookie),
  ]);
  return row?.generation;
}

/** Returns the body with an empty `requestId`, to compare two responses. */
export const withoutRequestId = ({ body }: supertest.Response): unknown => ({ ...body, requestId: '' });
