import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { refresh } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { mailTo, tokenIn, waitForSentMails } from '../../helpers/mails.ts';

describe('changing the e-mail address', () => {
  let test: TestApp;
  let other: TestApp;
  let counter = 0;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl, mailer: test.mailer });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const nextAddress = (): string => `new${(counter += 1)}@example.com`;
  const ask = (user: TestUser, email: string, password = user.password) =>
    test.as(user).post('/auth/email/change').send({ email, password });
  const confirm = (token: string, app = test) => app.http.post('/auth/email/change/confirm').send({ token });
  const login = (email: string, password: string) => test.http.post('/auth/login').send({ email, password });

  async function tokenFor(user: TestUser, email: string): Promise<string> {
    await ask(user, email).expect(202);
    return tokenIn(await mailTo(test, email));
  }

  it('202 sends a link to the new address and a notice to the old one, and changes nothing yet', async () => {
    const user = await test.buildUser();
    const email = nextAddress();
    await ask(user, `  ${email.toUpperCase()} `).expect(202);
    expect((await mailTo(test, email)).text).toContain('/confirm-email#token=');
    const notice = await mailTo(test, user.email);
    expect(notice.subject).toBe('Your e-mail address is about to change');
    expect(notice.text).not.toContain('#token=');
    await login(user.email, user.password).expect(200);
    await login(email, user.password).expect(401);
  });

  it('204 for the confirmation: only the new address signs in, access tokens are revoked, sessions stay', async () => {
    const user = await test.buildUser();
    const email = nextAddress();
    await confirm(await tokenFor(user, email), other).expect(204);
    const response = await login(email, user.password).expect(200);
    expect(response.body.data.user).toMatchObject({ email, emailVerified: true });
    await login(user.email, user.password).expect(401);
    await test.as(user).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(test, user.cookie).expect(200);
    expect((await mailTo(test, user.email)).subject).toBe('Your e-mail address was changed');
  });

  it('revokes the links sent to the old address', async () => {
    const user = await test.buildUser();
    await test.http.post('/auth/password/forgot').send({ email: user.email }).expect(202);
    const token = tokenIn(await mailTo(test, user.email));
    await confirm(await tokenFor(user, nextAddress())).expect(204);
    const body = { token, password: 'another fine password' };
    expectError(await test.http.post('/auth/password/reset').send(body), 400, 'AUTH_INVALID_LINK');
  });

  it('202 for a taken address, without a mail to it, which does not reveal the account', async () => {
    const [user, taken] = [await test.buildUser(), await test.buildUser()];
    await ask(user, taken.email).expect(202);
    expect((await waitForSentMails(test)).some(({ to }) => to === taken.email)).toBe(false);
  });

  it('400 for a second confirmation; one of two concurrent ones succeeds', async () => {
    const user = await test.buildUser();
    const token = await tokenFor(user, nextAddress());
    const responses = await Promise.all([confirm(token), confirm(token, other)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 400]);
    expectError(await confirm(token), 400, 'AUTH_INVALID_LINK');
  });

  it('403 for a wrong password, and for a sign-in more than ten minutes ago', async () => {
    const user = await test.buildUser();
    expectError(await ask(user, nextAddress(), 'wrong password'), 403, 'USERS_WRONG_PASSWORD');
    await test.db.query(`UPDATE sessions SET auth_time = now() - interval '11 minutes' WHERE user_id = $1`, [
      user.id,
    ]);
    expectError(await ask(user, nextAddress()), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('409 for the confirmation if another account has taken the address, which stays unchanged', async () => {
    const user = await test.buildUser();
    const email = nextAddress();
    const token = await tokenFor(user, email);
    await test.buildUser({ email });
    expectError(await confirm(token), 409, 'AUTH_EMAIL_TAKEN');
    await login(user.email, user.password).expect(200);
  });
});
