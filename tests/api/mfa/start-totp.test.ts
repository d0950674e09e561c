import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildMfaUser, totpCode, startTotp } from '../../helpers/mfa.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';

describe('POST /auth/mfa/totp', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ settings: { APP_NAME: 'Lamps & Co' } });
  });
  afterAll(() => test.close());

  const start = (user: TestUser, body: object = { password: user.password }) =>
    test.as(user).post('/auth/mfa/totp').send(body);
  const confirm = (user: TestUser, code: string) =>
    test.as(user).post('/auth/mfa/totp/confirm').send({ code });
  const login = ({ email, password }: TestUser) =>
    test.http.post('/auth/login').send({ email, password }).expect(200);

  it('201 with a secret and its otpauth URL, and is not required at sign-in yet', async () => {
    const user = await test.buildUser({ email: 'ann+1@example.com' });
    const response = await start(user).expect(201);
    const { secret, otpauthUrl, ...rest } = response.body.data as Record<string, string>;
    expect(rest).toEqual({});
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(otpauthUrl).toBe(
      `otpauth://totp/Lamps%20%26%20Co:ann%2B1%40example.com?issuer=Lamps%20%26%20Co&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
    expect(response.get('Cache-Control')).toBe('no-store');
    expect((await login(user)).body.data).toHaveProperty('accessToken');
    expect(await auditEventsOf(test, 'mfa', user.id)).toEqual([]);
  });

  it('201 with a new secret, replacing an unconfirmed one', async () => {
    const user = await test.buildUser();
    const [first, second] = [await startTotp(test, user), await startTotp(test, user)];
    expect(second).not.toBe(first);
    expectError(await confirm(user, totpCode(test, { secret: first })), 403, 'MFA_INVALID_CODE');
    await confirm(user, totpCode(test, { secret: second })).expect(200);
  });

  it('400 with all invalid fields', async () => {
    const response = await start(await test.buildUser(), { code: '123456' });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body code object.unknown', 'body password any.required']);
  });

  it('401 without an access token, and for a user erased meanwhile', async () => {
    await test.http.post('/auth/mfa/totp').send({ password: 'correct horse battery' }).expect(401);
    const user = await test.buildUser();
    const blocker = await openSecondConnection(test);
    try {
      await blocker.query('BEGIN');
      await blocker.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [user.id]);
      const response = start(user).then((answer) => answer);
      await blocker.untilWaiting(1);
      await blocker.query(`UPDATE users SET deleted_at = now() WHERE id = $1`, [user.id]);
      await blocker.query('COMMIT');
      expectError(await response, 401, 'UNAUTHENTICATED');
    } finally {
      await blocker.close();
    }
    expect(await test.db.query('SELECT 1 FROM totp_credentials WHERE user_id = $1', [user.id])).toEqual([]);
  });

  it('403 for a wrong password, also if it is on', async () => {
    const wrong = { password: 'not my password' };
    const user = await test.buildUser();
    expectError(await start(user, wrong), 403, 'USERS_WRONG_PASSWORD');
    expect(await test.db.query('SELECT 1 FROM totp_credentials WHERE user_id = $1', [user.id])).toEqual([]);
    expectError(await start(await buildMfaUser(test), wrong), 403, 'USERS_WRONG_PASSWORD');
  });

  it('409 if it is on, and the app still works', async () => {
    const user = await buildMfaUser(test);
    expectError(await start(user), 409, 'MFA_ALREADY_ON');
    const mfaToken = (await login(user)).body.data.mfaToken as string;
    await test.http
      .post('/auth/mfa/verify')
      .send({ mfaToken, code: totpCode(test, user) })
      .expect(200);
  });
});
