import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { refresh, setCookiesOf } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { confirmEmail, proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo, tokenIn, waitForSentMails } from '../../helpers/mails.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';

describe('auth data at the first verification of the address', () => {
  let test: TestApp;
  let counter = 0;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const login = ({ email }: TestUser, password: string, cookie = '') =>
    test.http.post('/auth/login').set('Cookie', cookie).send({ email, password });

  /** Requests a change to a new e-mail address. Returns the new address, and the token in the mail sent to it. */
  async function askForChange(user: TestUser): Promise<{ email: string; token: string }> {
    counter += 1;
    const email = `attacker${counter}@evil.example`;
    await test.as(user).post('/auth/email/change').send({ email, password: user.password }).expect(202);
    return { email, token: tokenIn(await mailTo(test, email)) };
  }

  const deviceOf = async (user: TestUser): Promise<string> => {
    const response = await login(user, user.password).expect(200);
    return (setCookiesOf(response).find((cookie) => cookie.startsWith('device=')) ?? '').split(';')[0] ?? '';
  };

  it.each(proofMethods)('a change of address requested before a %s is cancelled', async (proof) => {
    const user = await test.buildUser();
    const { token } = await askForChange(user);
    const owner = await proveEmail(test, user, proof);
    const response = await test.http.post('/auth/email/change/confirm').send({ token });
    expectError(response, 400, 'AUTH_INVALID_LINK');
    expect((await test.as(owner).get('/users/me').expect(200)).body.data.email).toBe(user.email);
  });

  it.each(proofMethods)('a device cookie from before a %s no longer has its own counter', async (proof) => {
    const user = await test.buildUser();
    const device = await deviceOf(user);
    const owner = await proveEmail(test, user, proof);
    for (let round = 0; round < 10; round += 1) await login(owner, 'wrong password').expect(401);
    await login(owner, owner.password, device).expect(401);
  });

  it('a device cookie survives a password change, and is revoked by a reset of a verified owner', async () => {
    const user = await test.buildUser();
    await verifyEmail(test, user);
    const device = await deviceOf(user);
    const body = { currentPassword: user.password, newPassword: 'something else again' };
    await test.as(user).post('/auth/password/change').send(body).expect(200);
    for (let round = 0; round < 10; round += 1) await login(user, 'wrong password').expect(401);
    await login(user, body.newPassword, device).expect(200);
    const password = await resetPassword(test, user);
    for (let round = 0; round < 10; round += 1) await login(user, 'wrong password').expect(401);
    await login(user, password, device).expect(401);
  });

  it.each(proofMethods)('a lock from before a %s does not lock the owner out', async (proof) => {
    const user = await test.buildUser();
    for (let round = 0; round < 10; round += 1) await login(user, 'wrong password').expect(401);
    await proveEmail(test, user, proof);
  });

  it('a reset ends all sessions; a verification keeps them and the password', async () => {
    const [reset, verified] = [await test.buildUser(), await test.buildUser()];
    await proveEmail(test, reset, 'reset');
    await confirmEmail(test, verified);
    await refresh(test, reset.cookie).expect(401);
    await test.as(verified).get('/users/me').expect(200);
    await refresh(test, verified.cookie).expect(200);
  });

  it('a password reset link stays valid after the verification, because it was sent to the mailbox', async () => {
    const user = await test.buildUser();
    await test.http.post('/auth/password/forgot').send({ email: user.email }).expect(202);
    const token = tokenIn(await mailTo(test, user.email));
    await confirmEmail(test, user);
    await test.http.post('/auth/password/reset').send({ token, password: 'the next password' }).expect(204);
  });

  it('no mail is sent if the verification removed nothing', async () => {
    const user = await test.buildUser();
    await confirmEmail(test, user);
    const mails = (await waitForSentMails(test)).filter(({ to }) => to === user.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Confirm your e-mail address']);
  });

  it('a request authenticated before a reset cannot request a change of address', async () => {
    const user = await test.buildUser();
    const holder = await openSecondConnection(test);
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [user.id]);
      const asking = test
        .as(user)
        .post('/auth/email/change')
        .send({ email: 'late@evil.example', password: user.password })
        .then((response) => response);
      await holder.untilWaiting(1);
      await holder.query('UPDATE users SET token_version = token_version + 1 WHERE id = $1', [user.id]);
      await holder.query('COMMIT');
      expectError(await asking, 403, 'USERS_WRONG_PASSWORD');
    } finally {
      await holder.close();
    }
    expect(await test.db.query('SELECT 1 FROM links WHERE user_id = $1', [user.id])).toEqual([]);
  });

  it('the confirmation of another address can be the first verification', async () => {
    const user = await test.buildUser();
    const device = await deviceOf(user);
    const { email, token } = await askForChange(user);
    await test.http.post('/auth/email/change/confirm').send({ token }).expect(204);
    const owner = { ...user, email };
    for (let round = 0; round < 10; round += 1) await login(owner, 'wrong password').expect(401);
    await login(owner, user.password, device).expect(401);
  });
});
