import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { refresh } from '../../helpers/auth.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { mailTo, tokenIn, waitForSentMails } from '../../helpers/mails.ts';

const newPassword = 'another fine password';

describe('password reset', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ settings: { APP_NAME: 'Lamp Shop' } });
    other = await buildTestApp({ databaseUrl: test.databaseUrl, mailer: test.mailer });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const forgot = (email: string, app = test) => app.http.post('/auth/password/forgot').send({ email });
  const reset = (token: string, password = newPassword, app = test) =>
    app.http.post('/auth/password/reset').send({ token, password });
  const login = (email: string, password: string) => test.http.post('/auth/login').send({ email, password });

  async function tokenFor({ email }: Pick<TestUser, 'email'>): Promise<string> {
    await forgot(email).expect(202);
    return tokenIn(await mailTo(test, email));
  }

  describe('POST /auth/password/forgot', () => {
    it('202 for active, unknown and disabled users; only the active one gets a mail', async () => {
      const admin = await test.buildUser({ roles: ['admin'] });
      const [user, disabled] = [await test.buildUser(), await test.buildUser()];
      await test.as(admin).patch(`/users/${disabled.id}`).send({ status: 'disabled' }).expect(200);
      for (const email of [user.email, disabled.email, 'nobody@example.com']) {
        const response = await forgot(email).expect(202);
        expect(response.body).toEqual({ status: 'success', data: null });
      }
      const mails = await waitForSentMails(test);
      expect(mails.filter(({ to }) => to === user.email)).toHaveLength(1);
      expect(mails.some(({ to }) => to === disabled.email || to === 'nobody@example.com')).toBe(false);
    });

    it('202 without a mail after five per hour', async () => {
      const { email } = await test.buildUser();
      for (let round = 0; round < 6; round += 1) await forgot(email).expect(202);
      expect((await waitForSentMails(test)).filter(({ to }) => to === email)).toHaveLength(5);
    });

    it('400 for an invalid address', async () => {
      expect(issuesOf(await forgot('nobody').expect(400))).toEqual(['body email string.email']);
    });
  });

  describe('POST /auth/password/reset', () => {
    it('204 sets the new password, ends all sessions and notifies the user by mail', async () => {
      const user = await test.buildUser();
      await other.as(user).get('/users/me').expect(200);
      await reset(await tokenFor(user)).expect(204);
      await login(user.email, user.password).expect(401);
      await login(user.email, newPassword).expect(200);
      await test.as(user).get('/users/me').expect(401);
      await other.as(user).patch('/users/me').send({ name: 'x' }).expect(401);
      await refresh(test, user.cookie).expect(401);
      expect((await mailTo(test, user.email)).subject).toBe('Your password was changed');
    });

    it('204 verifies the address, because the link proves control of the mailbox', async () => {
      const user = await test.buildUser();
      await reset(await tokenFor(user)).expect(204);
      const response = await login(user.email, newPassword).expect(200);
      expect(response.body.data.user.emailVerified).toBe(true);
    });

    it('204 lifts a lockout', async () => {
      const user = await test.buildUser();
      for (let round = 0; round < 10; round += 1) await login(user.email, 'wrong password');
      await login(user.email, user.password).expect(401);
      await reset(await tokenFor(user)).expect(204);
      await login(user.email, newPassword).expect(200);
    });

    it.each([
      ['is common', 'password123', 'body password password.common'],
      ['is common in upper case', 'QWERTYUIOP', 'body password password.common'],
      ['is too short', 'short', 'body password string.min'],
      ['is the product', 'Lamp Shop2026!', 'body password password.product'],
    ])('400 for a password that %s, and the token stays valid', async (_why, password, issue) => {
      const user = await test.buildUser();
      const token = await tokenFor(user);
      expect(issuesOf(await reset(token, password).expect(400))).toEqual([issue]);
      await reset(token).expect(204);
    });

    it('400 for the address as a password', async () => {
      const user = await test.buildUser();
      const token = await tokenFor(user);
      const issue = 'body password password.email';
      expect(issuesOf(await reset(token, user.email.toUpperCase()).expect(400))).toEqual([issue]);
    });

    it('400 for a used, expired or replaced token', async () => {
      const user = await test.buildUser();
      const first = await tokenFor(user);
      const second = await tokenFor(user);
      expectError(await reset(first), 400, 'AUTH_INVALID_LINK');
      await reset(second).expect(204);
      expectError(await reset(second), 400, 'AUTH_INVALID_LINK');
      const third = await tokenFor(user);
      await test.db.query('UPDATE links SET expires_at = now() WHERE user_id = $1', [user.id]);
      expectError(await reset(third), 400, 'AUTH_INVALID_LINK');
    });

    it('400 after the password was changed or the user disabled or erased', async () => {
      const admin = await test.buildUser({ roles: ['admin'] });
      const [changed, disabled, erased] = [
        await test.buildUser(),
        await test.buildUser(),
        await test.buildUser(),
      ];
      const tokens = [await tokenFor(changed), await tokenFor(disabled), await tokenFor(erased)];
      const body = { currentPassword: changed.password, newPassword: 'something else again' };
      await test.as(changed).post('/auth/password/change').send(body).expect(200);
      await test.as(admin).patch(`/users/${disabled.id}`).send({ status: 'disabled' }).expect(200);
      await test.as(admin).delete(`/users/${erased.id}`).expect(204);
      for (const token of tokens) expectError(await reset(token), 400, 'AUTH_INVALID_LINK');
      await test.as(admin).patch(`/users/${disabled.id}`).send({ status: 'active' }).expect(200);
      await login(disabled.email, disabled.password).expect(200);
    });

    it('one of ten concurrent resets in two processes succeeds and sets its password', async () => {
      const user = await test.buildUser();
      const token = await tokenFor(user);
      const passwords = Array.from({ length: 10 }, (_, index) => `password number ${index} of ten`);
      const responses = await Promise.all(
        passwords.map((password, index) => reset(token, password, index % 2 === 0 ? test : other)),
      );
      const winners = passwords.filter((_, index) => responses[index]?.status === 204);
      expect(winners).toHaveLength(1);
      expect(responses.filter(({ status }) => status === 400)).toHaveLength(9);
      await login(user.email, winners[0] ?? '').expect(200);
    });

    it('the token is valid after a restart', async () => {
      const user = await test.buildUser();
      const token = await tokenFor(user);
      const restarted = await buildTestApp({ databaseUrl: test.databaseUrl, mailer: test.mailer });
      try {
        await reset(token, newPassword, restarted).expect(204);
      } finally {
        await restarted.close();
      }
    });
  });
});
