import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
// #region api-keys
import { buildApiKey, withKey } from '../helpers/api-keys.ts';
// #endregion
import { cookieOf, type TestApp } from '../helpers/app.ts';
import { refresh, setCookiesOf } from '../helpers/auth.ts';
import { mailTo, tokenIn, waitForSentMails } from '../helpers/mails.ts';
// #region mfa
import { totpCode, startMfaLogin, startTotp, verifyMfa } from '../helpers/mfa.ts';
// #endregion
import { buildThingsApp } from '../helpers/things.ts';

/** Returns every secret that the service issues from the registration of an account to its last session. */
async function collectSecrets(test: TestApp): Promise<string[]> {
  const [email, password, newPassword] = ['walk@example.com', 'first walking words', 'second walking words'];
  const wrong = 'wrong walking words';
  const registered = await test.http.post('/auth/register').send({ email, password, name: 'W' }).expect(201);
  const verification = tokenIn(await mailTo(test, email));
  await test.http.post('/auth/email/verify').send({ token: verification }).expect(204);
  await test.http.post('/auth/login').send({ email, password: wrong }).expect(401);
  await test.http.post('/auth/login').send({ email, password, admin: true }).expect(400);
  await test.http.post('/auth/password/forgot').send({ email }).expect(202);
  const reset = tokenIn(await mailTo(test, email));
  await test.http.post('/auth/password/reset').send({ token: reset, password: newPassword }).expect(204);
  const login = await test.http.post('/auth/login').send({ email, password: newPassword }).expect(200);
  const { accessToken } = login.body.data as { accessToken: string };
  const user = { id: '', email, password: newPassword, accessToken, cookie: cookieOf(login) };
  const signIns = [registered, login];
  const opened: string[] = [];
  // #region api-keys
  const { key } = await buildApiKey(test, user);
  await withKey(test, { key }).get('/users/me').expect(200);
  opened.push(key);
  // #endregion
  // #region mfa
  const secret = await startTotp(test, user);
  const code = totpCode(test, { secret }, -1);
  const confirmed = await test.as(user).post('/auth/mfa/totp/confirm').send({ code }).expect(200);
  const { recoveryCodes } = confirmed.body.data as { recoveryCodes: string[] };
  const mfaToken = await startMfaLogin(test, user);
  signIns.push(await verifyMfa(test, mfaToken, recoveryCodes[0] ?? '').expect(200));
  opened.push(secret, mfaToken, ...recoveryCodes);
  // #endregion
  signIns.push(await refresh(test, user.cookie).expect(200));
  const reused = await refresh(test, cookieOf(registered));
  expect(reused.status).toBe(401);
  await waitForSentMails(test);
  const cookies = signIns.flatMap(setCookiesOf);
  return [
    ...[password, newPassword, wrong, verification, reset, ...opened],
    ...signIns.map(({ body }) => body.data.accessToken as string),
    ...cookies.map((header) => header.split(';')[0]?.split('=')[1] ?? ''),
  ];
}

describe('secrets', () => {
  let test: TestApp;
  let secrets: string[];

  beforeAll(async () => {
    test = await buildThingsApp();
    secrets = (await collectSecrets(test)).filter((secret) => secret !== '');
  });
  afterAll(() => test.close());

  it('are in no log line, even before redaction', () => {
    const text = inspect(test.logger.lines, { depth: null, maxArrayLength: null, maxStringLength: null });
    expect(test.logger.lines.length).toBeGreaterThan(5);
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('are in no database row in plain text', async () => {
    const tables = await test.db.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['users', 'sessions', 'links']));
    const dumps = await Promise.all(
      tables.map(({ name }) => test.db.query(`SELECT to_jsonb(t)::text AS row FROM ${name} AS t`)),
    );
    const text = JSON.stringify(dumps);
    expect(text).toContain('walk@example.com');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
