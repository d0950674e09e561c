import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo } from '../../helpers/mails.ts';
import { buildMfaUser, totpCode, startMfaLogin, startTotp, verifyMfa } from '../../helpers/mfa.ts';

describe('the second factor at the first verification of the address', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it.each(proofMethods)(
    'is removed with its recovery codes by the first verification, a %s',
    async (proof) => {
      const user = await buildMfaUser(test);
      const mfaToken = await startMfaLogin(test, user);

      const owner = await proveEmail(test, user, proof);

      expect((await test.as(owner).get('/auth/mfa').expect(200)).body.data).toEqual({
        totp: false,
        recoveryCodesLeft: 0,
      });
      // The proof also cancels a sign-in that still waits for the second factor.
      await verifyMfa(test, mfaToken, user.recoveryCodes[0] ?? '').expect(401);
      await test.as(user).get('/users/me').expect(401);
      expect(await auditEventsOf(test, 'mfa', user.id)).toContainEqual(
        expect.objectContaining({ type: 'mfa.removed', details: { reason: 'mailbox_proven' } }),
      );
      expect((await mailTo(test, user.email)).text).toContain('Second factor removed.');
    },
  );

  it('cannot be turned on with a secret from before the verification', async () => {
    const user = await test.buildUser();
    const secret = await startTotp(test, user);
    const owner = await proveEmail(test, user, 'verification');
    const code = totpCode(test, { secret });
    const response = await test.as(owner).post('/auth/mfa/totp/confirm').send({ code }).expect(409);
    expect(response.body.code).toBe('MFA_NOT_STARTED');
  });

  it('stays on at a reset of a verified owner, as the mail states', async () => {
    const user = await buildMfaUser(test);
    await verifyEmail(test, user);
    const password = await resetPassword(test, user);
    expect((await mailTo(test, user.email)).text).toContain('The second factor is still on.');
    const mfaToken = await startMfaLogin(test, { ...user, password });
    await verifyMfa(test, mfaToken, totpCode(test, user)).expect(200);
  });
});
