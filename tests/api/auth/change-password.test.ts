import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { refresh } from '../../helpers/auth.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { mailTo } from '../../helpers/mails.ts';

const newPassword = 'another fine password';

describe('POST /auth/password/change', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl, mailer: test.mailer });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const login = (email: string, password: string) => test.http.post('/auth/login').send({ email, password });
  const change = (user: { accessToken: string }, currentPassword: string, app = test, next = newPassword) =>
    app.as(user).post('/auth/password/change').send({ currentPassword, newPassword: next });

  it('200 with a new session; all others are ended in every process, and a mail notifies the user', async () => {
    const user = await test.buildUser();
    const elsewhere = await login(user.email, user.password).expect(200);
    await other.as(elsewhere.body.data).get('/users/me').expect(200);

    const response = await change(user, user.password).expect(200);

    expect(response.body.data).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, user: { id: user.id } });
    await test.as(response.body.data).get('/users/me').expect(200);
    await refresh(test, cookieOf(response)).expect(200);
    await test.as(user).get('/users/me').expect(401);
    await test.as(elsewhere.body.data).get('/users/me').expect(401);
    await other.as(elsewhere.body.data).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(test, user.cookie).expect(401);
    await refresh(other, cookieOf(elsewhere)).expect(401);
    await login(user.email, user.password).expect(401);
    await login(user.email, newPassword).expect(200);
    expect((await mailTo(test, user.email)).subject).toBe('Your password was changed');
  });

  it('400 for a weak new password', async () => {
    const user = await test.buildUser();
    const response = await change(user, user.password, test, 'iloveyou1').expect(400);
    expect(issuesOf(response)).toEqual(['body newPassword password.common']);
    await login(user.email, user.password).expect(200);
  });

  it('403 for a wrong current password, locked after ten across all processes', async () => {
    const user = await test.buildUser();
    for (let round = 0; round < 10; round += 1) {
      const app = round % 2 === 0 ? test : other;
      expectError(await change(user, 'wrong password', app), 403, 'USERS_WRONG_PASSWORD');
    }
    expectError(await change(user, user.password), 403, 'USERS_WRONG_PASSWORD');
    // The sign-in still works: wrong passwords within a session must not lock it.
    await login(user.email, user.password).expect(200);
  });

  it('one of two concurrent changes succeeds', async () => {
    const user = await test.buildUser();
    const responses = await Promise.all([
      change(user, user.password, test, 'the first new password'),
      change(user, user.password, other, 'the second new password'),
    ]);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = responses[0].status === 200 ? 'the first new password' : 'the second new password';
    await login(user.email, winner).expect(200);
  });
});
