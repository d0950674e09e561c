import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { mailTo } from '../../helpers/mails.ts';
import {
  buildMfaUser,
  totpCode,
  expireLocks,
  startMfaLogin,
  withFreshTokens,
  enableMfa,
  verifyMfa,
  wrongTotpCodes,
  type MfaUser,
} from '../../helpers/mfa.ts';

describe('DELETE /auth/mfa/totp', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const turnOff = (user: MfaUser, code: string, password = user.password) =>
    test.as(user).delete('/auth/mfa/totp').send({ password, code });

  const rowsOf = ({ id }: MfaUser) =>
    test.db.query(
      'SELECT user_id FROM totp_credentials WHERE user_id = $1 UNION ALL SELECT user_id FROM recovery_codes WHERE user_id = $1',
      [id],
    );

  it('204 with a code of the app lets the password alone sign in again, and deletes all rows', async () => {
    const user = await buildMfaUser(test);
    const { email, password } = user;
    const response = await turnOff(user, totpCode(test, user)).expect(204);
    expect(response.text).toBe('');
    expect(await rowsOf(user)).toEqual([]);
    const login = await test.http.post('/auth/login').send({ email, password }).expect(200);
    expect(login.body.data).toHaveProperty('accessToken');
  });

  it('204 with a recovery code', async () => {
    const user = await buildMfaUser(test);
    await turnOff(user, user.recoveryCodes[3]!).expect(204);
    const types = (await auditEventsOf(test, 'mfa', user.id)).map(({ type }) => type);
    expect(types).toEqual(['mfa.turned_on', 'mfa.recovery_code_used', 'mfa.turned_off']);
  });

  it('204 is audited and notified by mail', async () => {
    const user = await buildMfaUser(test, { name: 'Ann' });
    await turnOff(user, totpCode(test, user)).expect(204);
    expect((await auditEventsOf(test, 'mfa', user.id)).at(-1)).toMatchObject({
      type: 'mfa.turned_off',
      actorId: user.id,
    });
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('The second factor was turned off');
    expect(mail.text).not.toContain('Ann');
  });

  it('204 revokes all access tokens and pending sign-ins', async () => {
    const user = await buildMfaUser(test);
    const mfaToken = await startMfaLogin(test, user);
    await turnOff(user, totpCode(test, user)).expect(204);
    await test.as(user).get('/users/me').expect(401);
    expectError(await verifyMfa(test, mfaToken, totpCode(test, user, 1)), 401, 'AUTH_INVALID_MFA_CODE');
  });

  it('204, after which turning it on again uses a new secret and new recovery codes', async () => {
    const before = await buildMfaUser(test);
    await turnOff(before, totpCode(test, before)).expect(204);
    const after = await enableMfa(test, await withFreshTokens(test, before));
    expect(after.secret).not.toBe(before.secret);
    for (const code of [totpCode(test, before, 1), before.recoveryCodes[0]!]) {
      const response = await verifyMfa(test, await startMfaLogin(test, after), code);
      expectError(response, 401, 'AUTH_INVALID_MFA_CODE');
    }
    await verifyMfa(test, await startMfaLogin(test, after), totpCode(test, after)).expect(200);
  });

  it('400 with all invalid fields', async () => {
    const response = await test
      .as(await test.buildUser())
      .delete('/auth/mfa/totp')
      .send({});
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body code any.required', 'body password any.required']);
  });

  it('401 without an access token', async () => {
    await test.http.delete('/auth/mfa/totp').send({ password: 'x', code: '123456' }).expect(401);
  });

  it('403 for a wrong password keeps the code valid', async () => {
    const user = await buildMfaUser(test);
    expectError(await turnOff(user, totpCode(test, user), 'not my password'), 403, 'USERS_WRONG_PASSWORD');
    await turnOff(user, totpCode(test, user)).expect(204);
  });

  it('403 for a code that was used to sign in', async () => {
    const user = await buildMfaUser(test);
    await verifyMfa(test, await startMfaLogin(test, user), totpCode(test, user)).expect(200);
    expectError(await turnOff(user, totpCode(test, user)), 403, 'MFA_INVALID_CODE');
    await test.as(user).get('/users/me').expect(200);
  });

  it('403 for the right code after five wrong ones on any route', async () => {
    const user = await buildMfaUser(test);
    const [first, second, third, ...others] = wrongTotpCodes(test, user, 5);
    for (const code of [first!, second!, third!])
      expectError(await turnOff(user, code), 403, 'MFA_INVALID_CODE');
    for (const code of others) await verifyMfa(test, await startMfaLogin(test, user), code).expect(401);
    expectError(await turnOff(user, totpCode(test, user)), 403, 'MFA_INVALID_CODE');
    expectError(await turnOff(user, user.recoveryCodes[0]!), 403, 'MFA_INVALID_CODE');
    await verifyMfa(test, await startMfaLogin(test, user), totpCode(test, user)).expect(401);
    await expireLocks(test);
    await turnOff(user, totpCode(test, user)).expect(204);
  });

  it('409 if it is off', async () => {
    const { password, ...user } = await test.buildUser();
    const response = await test.as(user).delete('/auth/mfa/totp').send({ password, code: '123456' });
    expectError(response, 409, 'MFA_NOT_ON');
  });
});
