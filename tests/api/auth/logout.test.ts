import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { clearedCookie, postWithCookie, refresh, setCookiesOf } from '../../helpers/auth.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('POST /auth/logout', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const logoutWith = (cookie: string) => postWithCookie(test, '/auth/logout', cookie);

  it('204 for the cookie ends its session immediately, also for cached reads', async () => {
    const user = await test.buildUser();
    await test.as(user).get('/users/me').expect(200);
    const response = await logoutWith(user.cookie).expect(204);
    expect(setCookiesOf(response)).toEqual([clearedCookie]);
    expect(response.text).toBe('');
    await test.as(user).get('/users/me').expect(401);
    await refresh(test, user.cookie).expect(401);
    const [, event, ...others] = await auditEventsOf(test, 'auth', user.id);
    expect(event).toMatchObject({ type: 'auth.signed_out', actorId: user.id });
    expect(others).toEqual([]);
  });

  it('204 for only the access token ends its session immediately', async () => {
    const user = await test.buildUser();
    await test.as(user).get('/users/me').expect(200);
    const response = await test.as(user).post('/auth/logout').expect(204);
    expect(setCookiesOf(response)).toEqual([clearedCookie]);
    await test.as(user).get('/users/me').expect(401);
    await refresh(test, user.cookie).expect(401);
  });

  it('204 for a cookie and an access token of different sessions ends both', async () => {
    const [one, two] = [await test.buildUser(), await test.buildUser()];
    await logoutWith(one.cookie).set('Authorization', `Bearer ${two.accessToken}`).expect(204);
    for (const { accessToken, cookie } of [one, two]) {
      await test.as({ accessToken }).get('/users/me').expect(401);
      await refresh(test, cookie).expect(401);
    }
  });

  it('204 for a replaced cookie ends its session', async () => {
    const { cookie } = await test.buildUser();
    const next = cookieOf(await refresh(test, cookie).expect(200));
    await logoutWith(cookie).expect(204);
    await refresh(test, next).expect(401);
  });

  it('204 keeps the other sessions of the user', async () => {
    const { email, password, cookie } = await test.buildUser();
    const other = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await logoutWith(cookie).expect(204);
    await test.as(other.body.data).get('/users/me').expect(200);
  });

  it('204 for a repeated request, and for one without a session', async () => {
    const user = await test.buildUser();
    await logoutWith(user.cookie).expect(204);
    const repeated = await logoutWith(user.cookie)
      .set('Authorization', `Bearer ${user.accessToken}`)
      .expect(204);
    expect(setCookiesOf(repeated)).toEqual([clearedCookie]);
    await logoutWith('refresh=garbage').set('Authorization', 'Bearer nonsense').expect(204);
    await test.http.post('/auth/logout').expect(204);
    await test.http.post('/auth/logout').send({}).expect(204);
  });

  it('204 for a forged cookie keeps the session it names', async () => {
    const user = await test.buildUser();
    await logoutWith(user.cookie.replace(/\.[\w-]{43}$/, `.${'A'.repeat(43)}`)).expect(204);
    await refresh(test, user.cookie).expect(200);
  });

  it('400 for a non-empty body', async () => {
    const user = await test.buildUser();
    await logoutWith(user.cookie).send({ all: true }).expect(400);
    await refresh(test, user.cookie).expect(200);
  });

  it('503 while the database is unavailable keeps the cookie until the session is ended', async () => {
    await withTestApp({}, async (cut) => {
      const { cookie } = await cut.buildUser();
      await cut.db.close();
      const response = await postWithCookie(cut, '/auth/logout', cookie).expect(503);
      expect(setCookiesOf(response)).toEqual([]);
    });
  });
});
