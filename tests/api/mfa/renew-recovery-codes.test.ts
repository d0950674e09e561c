import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { buildMfaUser, totpCode, startMfaLogin, verifyMfa, type MfaUser } from '../../helpers/mfa.ts';

describe('POST /auth/mfa/recovery-codes', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const renew = (user: MfaUser, code: string, password = user.password) =>
    test.as(user).post('/auth/mfa/recovery-codes').send({ password, code });

  it('200 with ten new codes; the old ones are revoked', async () => {
    const user = await buildMfaUser(test);
    const [first, second] = user.recoveryCodes;
    await verifyMfa(test, await startMfaLogin(test, user), first!).expect(200);
    const response = await renew(user, totpCode(test, user)).expect(200);
    const { recoveryCodes } = response.body.data as { recoveryCodes: string[] };
    expect(new Set([...recoveryCodes, ...user.recoveryCodes]).size).toBe(20);
    expect((await test.as(user).get('/auth/mfa').expect(200)).body.data.recoveryCodesLeft).toBe(10);
    for (const old of [first!, second!])
      expectError(await verifyMfa(test, await startMfaLogin(test, user), old), 401, 'AUTH_INVALID_MFA_CODE');
    await verifyMfa(test, await startMfaLogin(test, user), recoveryCodes[1]!).expect(200);
    expect((await auditEventsOf(test, 'mfa', user.id)).map(({ type }) => type)).toEqual([
      'mfa.turned_on',
      'mfa.recovery_code_used',
      'mfa.recovery_codes_renewed',
      'mfa.code_refused',
      'mfa.code_refused',
      'mfa.recovery_code_used',
    ]);
  });

  it('200 with a recovery code keeps the session', async () => {
    const user = await buildMfaUser(test);
    await renew(user, user.recoveryCodes[0]!).expect(200);
    await test.as(user).get('/users/me').expect(200);
  });

  it('200 for one of two concurrent requests with the same code', async () => {
    const user = await buildMfaUser(test);
    const lock = `SELECT 1 FROM totp_credentials WHERE user_id = '${user.id}' FOR UPDATE`;
    const code = user.recoveryCodes[0]!;
    const responses = await sendWhileLocked(test, lock, [renew(user, code), renew(user, code)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 403]);
    const { recoveryCodes } = responses.find(({ status }) => status === 200)!.body.data;
    await verifyMfa(test, await startMfaLogin(test, user), recoveryCodes[0]).expect(200);
  });

  it('400 with all invalid fields', async () => {
    const response = await test
      .as(await test.buildUser())
      .post('/auth/mfa/recovery-codes')
      .send({});
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body code any.required', 'body password any.required']);
  });

  it('401 without an access token', async () => {
    await test.http.post('/auth/mfa/recovery-codes').send({ password: 'x', code: '123456' }).expect(401);
  });

  it('403 for a wrong password or a wrong code keeps the old codes valid', async () => {
    const user = await buildMfaUser(test);
    expectError(await renew(user, totpCode(test, user), 'not my password'), 403, 'USERS_WRONG_PASSWORD');
    expectError(await renew(user, '0000-0000-0000-0000'), 403, 'MFA_INVALID_CODE');
    await verifyMfa(test, await startMfaLogin(test, user), user.recoveryCodes[0]!).expect(200);
  });

  it('409 if it is off', async () => {
    const user = { ...(await test.buildUser()), secret: '', recoveryCodes: [] };
    expectError(await renew(user, '123456'), 409, 'MFA_NOT_ON');
  });
});
