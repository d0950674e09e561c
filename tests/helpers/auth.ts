import type supertest from 'supertest';
import type { TestApp } from './app.ts';

/** Posts with this refresh cookie, as a program does. */
export const postWithCookie = (test: TestApp, path: string, cookie: string): supertest.Test =>
  test.http.post(path).set({ Cookie: cookie, 'X-Requested-With': 'test' });

export const refresh = (test: TestApp, cookie: string): supertest.Test =>
  postWithCookie(test, '/auth/refresh', cookie);

export const setCookiesOf = (response: supertest.Response): string[] => response.get('Set-Cookie') ?? [];

/** What takes the cookie away. */
export const clearedCookie = 'refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict';

/** The session that a refresh cookie belongs to. */
export const sessionIdOf = (cookie: string): string => cookie.split(/[=.]/)[1] ?? '';

type Moment = 'auth_time' | 'rotated_at' | 'idle_expires_at' | 'absolute_expires_at';

/** Sets a moment of a session to some seconds ago, by the database's clock. */
export async function backdateSession(
  test: TestApp,
  cookie: string,
  moment: Moment,
  seconds: number,
): Promise<void> {
  await test.db.query(`UPDATE sessions SET ${moment} = now() - make_interval(secs => $2) WHERE id = $1`, [
    sessionIdOf(cookie),
    seconds,
  ]);
}

/** Which token of a session is the current one. */
export async function generationOf(test: TestApp, cookie: string): Promise<number | undefined> {
  const [row] = await test.db.query<{ generation: number }>('SELECT generation FROM sessions WHERE id = $1', [
    sessionIdOf(cookie),
  ]);
  return row?.generation;
}

/** A body without the one thing that differs from answer to answer. */
export const withoutRequestId = ({ body }: supertest.Response): unknown => ({ ...body, requestId: '' });
