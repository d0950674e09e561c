import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { mailTo, tokenIn } from '../../helpers/mails.ts';

describe('POST /auth/email/verify', () => {
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

  /** Registers a user. Returns the user and the token in the verification mail. */
  async function register(headers: Record<string, string> = {}) {
    counter += 1;
    const email = `verify${counter}@example.com`;
    const body = { email, password: 'correct horse battery', name: 'Vera <b>Fy</b>' };
    const response = await test.http.post('/auth/register').set(headers).send(body).expect(201);
    const mail = await mailTo(test, email);
    const { user, accessToken } = response.body.data as { user: { id: string }; accessToken: string };
    return { ...user, email, accessToken, mail, token: tokenIn(mail) };
  }

  const verify = (token: string, app = test) => app.http.post('/auth/email/verify').send({ token });
  const isVerified = async (user: { accessToken: string }): Promise<unknown> =>
    (await test.as(user).get('/users/me').expect(200)).body.data.emailVerified;

  it('204 with the token of the mail, also in another process, verifies the account', async () => {
    const user = await register();
    expect(await isVerified(user)).toBe(false);
    const response = await verify(user.token, other).expect(204);
    expect(response.text).toBe('');
    expect(await isVerified(user)).toBe(true);
  });

  it('sends a link with PUBLIC_URL, not the Host header, and escapes the name', async () => {
    const user = await register({ Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' });
    expect(user.mail.text).toContain('http://localhost:3000/verify-email#token=');
    expect(user.mail.text).not.toContain('evil.example');
    expect(user.mail.html).not.toContain('<b>Fy</b>');
    expect(user.mail.subject).toBe('Confirm your e-mail address');
  });

  // #region de
  it('writes in the requested language, also later', async () => {
    const user = await register({ 'Accept-Language': 'de-AT, en;q=0.5' });
    expect(user.mail.subject).toBe('E-Mail-Adresse bestätigen');
    expect(user.mail.html).toContain('lang="de"');
    await test.http.post('/auth/password/forgot').send({ email: user.email }).expect(202);
    expect((await mailTo(test, user.email)).subject).toBe('Neues Passwort setzen');
  });
  // #endregion

  it('writes in English if the stored language is no longer supported', async () => {
    const user = await register();
    await test.db.query(`UPDATE users SET language = 'xx' WHERE email = $1`, [user.email]);
    await test.http.post('/auth/password/forgot').send({ email: user.email }).expect(202);
    expect((await mailTo(test, user.email)).subject).toBe('Set a new password');
  });

  it('uses APP_URL if it is set', async () => {
    const app = await buildTestApp({ settings: { APP_URL: 'https://app.example.com' } });
    try {
      const body = { email: 'app@example.com', password: 'correct horse battery', name: 'A' };
      await app.http.post('/auth/register').send(body).expect(201);
      expect((await mailTo(app, 'app@example.com')).text).toContain('https://app.example.com/verify-email#');
    } finally {
      await app.close();
    }
  });

  it('is recorded in the audit trail', async () => {
    const user = await register();
    await verify(user.token).expect(204);
    const rows = await test.db.query(
      `SELECT 1 FROM audit_events WHERE type = 'auth.email_verified' AND subject_id = $1`,
      [user.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('stores only the hash of the token', async () => {
    const { token } = await register();
    const rows = await test.db.query<{ all: string }>('SELECT links::text AS all FROM links');
    expect(rows.some(({ all }) => all.includes(token))).toBe(false);
  });

  it('400 for a used, expired or unknown token', async () => {
    const [used, old] = [await register(), await register()];
    await verify(used.token).expect(204);
    expectError(await verify(used.token), 400, 'AUTH_INVALID_LINK');
    await test.db.query(`UPDATE links SET expires_at = now() WHERE user_id = $1`, [old.id]);
    expectError(await verify(old.token), 400, 'AUTH_INVALID_LINK');
    expectError(await verify('A'.repeat(43)), 400, 'AUTH_INVALID_LINK');
    expectError(await verify('short'), 400, 'VALIDATION_ERROR');
    expect(await isVerified(old)).toBe(false);
  });

  it('400 for a token of another purpose', async () => {
    const { email } = await test.buildUser();
    await test.http.post('/auth/password/forgot').send({ email }).expect(202);
    expectError(await verify(tokenIn(await mailTo(test, email))), 400, 'AUTH_INVALID_LINK');
  });

  it('one of two concurrent requests in two processes succeeds', async () => {
    const { token } = await register();
    const statuses = (await Promise.all([verify(token), verify(token, other)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 400]);
  });

  describe('POST /auth/email/verify/resend', () => {
    const resend = (user: { accessToken: string }) => test.as(user).post('/auth/email/verify/resend');

    it('202 with a new mail, whose token replaces the old one', async () => {
      const user = await register();
      const before = test.mailer.mails.length;
      const response = await resend(user).expect(202);
      expect(response.body).toEqual({ status: 'success', data: null });
      const mail = await mailTo(test, user.email);
      expect(test.mailer.mails).toHaveLength(before + 1);
      expectError(await verify(user.token), 400, 'AUTH_INVALID_LINK');
      await verify(tokenIn(mail)).expect(204);
    });

    it('202 without a mail if the address is verified', async () => {
      const user = await register();
      await verify(user.token).expect(204);
      const before = (await mailTo(test, user.email)).id;
      await resend(user).expect(202);
      expect((await mailTo(test, user.email)).id).toBe(before);
    });

    it('202 without a mail after five per hour', async () => {
      const user = await register();
      for (let round = 0; round < 7; round += 1) await resend(user).expect(202);
      await mailTo(test, user.email);
      expect(test.mailer.mails.filter(({ to }) => to === user.email)).toHaveLength(6);
    });
  });
});
