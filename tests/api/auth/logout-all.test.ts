import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { clearedCookie, refresh, setCookiesOf } from '../../helpers/auth.ts';

describe('POST /auth/logout-all', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('204 ends all sessions of the user and their access tokens immediately', async () => {
    const user = await test.buildUser();
    const { email, password } = user;
    const other = await test.http.post('/auth/login').send({ email, password }).expect(200);
    const stranger = await test.buildUser();
    for (const token of [user, other.body.data]) await test.as(token).get('/users/me').expect(200);

    const response = await test.as(user).post('/auth/logout-all').expect(204);

    expect(setCookiesOf(response)).toEqual([clearedCookie]);
    for (const token of [user, other.body.data]) await test.as(token).get('/users/me').expect(401);
    for (const cookie of [user.cookie, cookieOf(other)]) await refresh(test, cookie).expect(401);
    await test.as(stranger).get('/users/me').expect(200);
    await refresh(test, stranger.cookie).expect(200);
  });

  it('204 and the user can sign in again', async () => {
    const user = await test.buildUser();
    await test.as(user).post('/auth/logout-all').expect(204);
    const { email, password } = user;
    const again = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await test.as(again.body.data).get('/users/me').expect(200);
  });

  it('401 without an access token, with a revoked one, and with only the cookie', async () => {
    const user = await test.buildUser();
    const { headers } = await test.http.post('/auth/logout-all').set('Cookie', user.cookie).expect(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    await test.as(user).post('/auth/logout-all').expect(204);
    await test.as(user).post('/auth/logout-all').expect(401);
  });
});
