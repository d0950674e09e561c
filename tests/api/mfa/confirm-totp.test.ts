import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { mailTo } from '../../helpers/mails.ts';
import {
  buildMfaUser,
  totpCode,
  expireLocks,
  startMfaLogin,
  startTotp,
  verifyMfa,
  wrongTotpCodes,
} from '../../helpers/mfa.ts';

describe('POST /auth/mfa/totp/confirm', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const confirm = (user: TestUser, code: string) =>
    test.as(user).post('/auth/mfa/totp/confirm').send({ code });

  it('200 with ten recovery codes, returned only once', async () => {
    const user = await test.buildUser();
    const response = await confirm(user, totpCode(test, { secret: await startTotp(test, user) })).expect(200);
    const { recoveryCodes, ...rest } = response.body.data as { recoveryCodes: string[] };
    expect(rest).toEqual({});
    expect(recoveryCodes).toEqual(
      Array.from({ length: 10 }, () => expect.stringMatching(/^\w{4}(?:-\w{4}){5}-\w{2}$/)),
    );
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200, after which the password alone does not sign in', async () => {
    const user = await buildMfaUser(test);
    const { email, password } = user;
    const response = await test.http.post('/auth/login').send({ email, password }).expect(200);
    expect(response.body.data).toEqual({ mfaRequired: true, mfaToken: expect.any(String) });
    expect(response.get('Set-Cookie')).toBeUndefined();
  });

  it('200 revokes all access tokens and keeps both sessions', async () => {
    const user = await test.buildUser();
    const { email, password } = user;
    const elsewhere = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await confirm(user, totpCode(test, { secret: await startTotp(test, user) })).expect(200);
    await test.as(user).get('/users/me').expect(401);
    await test.as(elsewhere.body.data).get('/users/me').expect(401);
    await refresh(test, user.cookie).expect(200);
    await refresh(test, elsewhere.get('Set-Cookie')![0]!.split(';')[0]!).expect(200);
  });

  it('200 is audited and notified by mail', async () => {
    const user = await buildMfaUser(test, { name: 'Ann' });
    const [event, ...others] = await auditEventsOf(test, 'mfa', user.id);
    expect(event).toMatchObject({ type: 'mfa.turned_on', actorId: user.id });
    expect(others).toEqual([]);
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('The second factor was turned on');
    expect(mail.text).not.toContain('Ann');
    expect(mail.text).not.toContain(user.secret);
    for (const code of user.recoveryCodes) expect(mail.text).not.toContain(code);
  });

  it('200 for a code with a space, as apps show it', async () => {
    const user = await test.buildUser();
    const code = totpCode(test, { secret: await startTotp(test, user) });
    await confirm(user, `${code.slice(0, 3)} ${code.slice(3)}`).expect(200);
  });

  it('200 for one of two concurrent requests', async () => {
    const user = await test.buildUser();
    const code = totpCode(test, { secret: await startTotp(test, user) });
    const lock = `SELECT 1 FROM totp_credentials WHERE user_id = '${user.id}' FOR UPDATE`;
    const responses = await sendWhileLocked(test, lock, [confirm(user, code), confirm(user, code)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 403]);
    const { recoveryCodes } = responses.find(({ status }) => status === 200)!.body.data;
    await verifyMfa(test, await startMfaLogin(test, user), recoveryCodes[9]).expect(200);
  });

  it('400 without a code', async () => {
    const user = await test.buildUser();
    for (const code of ['', '   ', 123_456, 'x'.repeat(65), null])
      expectError(await test.as(user).post('/auth/mfa/totp/confirm').send({ code }), 400, 'VALIDATION_ERROR');
  });

  it('401 without an access token', async () => {
    await test.http.post('/auth/mfa/totp/confirm').send({ code: '123456' }).expect(401);
  });

  it.each(['12345é', '１２３４５６', '12345', '1234567', 'abcdef', '0a1b-c1d2-e3f4-g5h6'])(
    '403 for %j, without turning it on',
    async (code) => {
      const user = await test.buildUser();
      await startTotp(test, user);
      expectError(await confirm(user, code), 403, 'MFA_INVALID_CODE');
      const { body } = await test.as(user).get('/auth/mfa').expect(200);
      expect(body.data).toEqual({ totp: false, recoveryCodesLeft: 0 });
    },
  );

  it('403 for the right code after five wrong ones, until the lock ends', async () => {
    const user = await test.buildUser();
    const secret = await startTotp(test, user);
    for (const code of wrongTotpCodes(test, { secret }, 5))
      expectError(await confirm(user, code), 403, 'MFA_INVALID_CODE');
    expectError(await confirm(user, totpCode(test, { secret })), 403, 'MFA_INVALID_CODE');
    await expireLocks(test);
    await confirm(user, totpCode(test, { secret })).expect(200);
  });

  it('409 if it is not started, or already on', async () => {
    expectError(await confirm(await test.buildUser(), '123456'), 409, 'MFA_NOT_STARTED');
    const user = await buildMfaUser(test);
    expectError(await confirm(user, totpCode(test, user)), 409, 'MFA_NOT_STARTED');
  });
});
