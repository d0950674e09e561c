import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { refresh, sessionIdOf, backdateSession, withoutRequestId } from '../../helpers/auth.ts';

describe('DELETE /auth/sessions/:id', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const login = async ({ email, password }: TestUser) =>
    test.http.post('/auth/login').send({ email, password }).expect(200);

  it('204 ends the session immediately, also for cached reads', async () => {
    const other = await login(user);
    await test.as(other.body.data).get('/users/me').expect(200);
    await test
      .as(user)
      .delete(`/auth/sessions/${sessionIdOf(cookieOf(other))}`)
      .expect(204);
    await test.as(other.body.data).get('/users/me').expect(401);
    await refresh(test, cookieOf(other)).expect(401);
    await test.as(user).get('/users/me').expect(200);
  });

  it('204 for the current session, and for an id in upper case', async () => {
    const other = await login(user);
    await test.as(other.body.data).get('/users/me').expect(200);
    const id = sessionIdOf(cookieOf(other)).toUpperCase();
    await test.as(other.body.data).delete(`/auth/sessions/${id}`).expect(204);
    await test.as(other.body.data).get('/users/me').expect(401);
  });

  it('400 for an id that is not a UUID', async () => {
    const response = await test.as(user).delete('/auth/sessions/current').expect(400);
    expect(response.body.details).toMatchObject([{ in: 'params', path: 'id', rule: 'string.guid' }]);
  });

  it('401 without an access token', async () => {
    const response = await test.http.delete(`/auth/sessions/${sessionIdOf(user.cookie)}`).expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('403 for a sign-in more than ten minutes ago', async () => {
    const [old, other] = [await test.buildUser(), await login(user)];
    await backdateSession(test, old.cookie, 'auth_time', 660);
    const response = await test.as(old).delete(`/auth/sessions/${sessionIdOf(cookieOf(other))}`);
    expectError(response, 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('404 for a session of another user, an unknown one, and an ended one', async () => {
    const stranger = await test.buildUser();
    const [ended, expired] = [cookieOf(await login(user)), cookieOf(await login(user))];
    await test
      .as(user)
      .delete(`/auth/sessions/${sessionIdOf(ended)}`)
      .expect(204);
    await backdateSession(test, expired, 'idle_expires_at', 1);
    const end = (id: string) => test.as(user).delete(`/auth/sessions/${id}`).expect(404);
    const never = await end('0190b8d2-0000-7000-8000-000000000000');
    expect(never.body).toMatchObject({ status: 'error', code: 'AUTH_SESSION_NOT_FOUND' });
    for (const cookie of [stranger.cookie, ended, expired]) {
      expect(withoutRequestId(await end(sessionIdOf(cookie)))).toEqual(withoutRequestId(never));
    }
    await test.as(stranger).get('/users/me').expect(200);
  });
});
