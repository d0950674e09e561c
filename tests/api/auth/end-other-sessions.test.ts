import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { refresh, backdateSession } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';

describe('DELETE /auth/sessions', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  it('204 ends all other sessions of the user in every process, and none of other users', async () => {
    const [user, stranger] = [await test.buildUser(), await test.buildUser()];
    const { email, password } = user;
    const phone = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await test.as(user).get('/users/me').expect(200);

    const response = await test.as(phone.body.data).delete('/auth/sessions').expect(204);

    expect(response.get('Set-Cookie')).toBeUndefined();
    await test.as(user).get('/users/me').expect(401);
    await other.as(user).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(other, user.cookie).expect(401);
    await refresh(test, cookieOf(phone)).expect(200);
    await test.as(phone.body.data).get('/users/me').expect(200);
    await test.as(stranger).get('/users/me').expect(200);
    const list = await test.as(phone.body.data).get('/auth/sessions').expect(200);
    expect(list.body.data).toHaveLength(1);
  });

  it('403 for a sign-in more than ten minutes ago, and ends no session', async () => {
    const user = await test.buildUser();
    const phone = await test.http
      .post('/auth/login')
      .send({ email: user.email, password: user.password })
      .expect(200);
    await backdateSession(test, user.cookie, 'auth_time', 660);
    expectError(await test.as(user).delete('/auth/sessions'), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await refresh(test, cookieOf(phone)).expect(200);
  });
});
