import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import { mailTo } from '../../helpers/mails.ts';
import { buildMfaUser, totpCode, startMfaLogin, verifyMfa } from '../../helpers/mfa.ts';

describe('DELETE /users/:id/mfa', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const remove = (user: { id: string }, by: TestUser = admin) => test.as(by).delete(`/users/${user.id}/mfa`);

  it('204 lets the password alone sign in, and revokes the old codes and access tokens', async () => {
    const user = await buildMfaUser(test);
    const mfaToken = await startMfaLogin(test, user);

    await remove(user).expect(204);

    await test.as(user).get('/users/me').expect(401);
    await verifyMfa(test, mfaToken, totpCode(test, user)).expect(401);
    const { email, password } = user;
    const response = await test.http.post('/auth/login').send({ email, password }).expect(200);
    const mfa = await test.as(response.body.data).get('/auth/mfa').expect(200);
    expect(mfa.body.data).toEqual({ totp: false, recoveryCodesLeft: 0 });
  });

  it('204 is audited with the administrator, and notified to the user by mail', async () => {
    const user = await buildMfaUser(test);
    await remove(user).expect(204);
    expect((await auditEventsOf(test, 'mfa', user.id)).at(-1)).toMatchObject({
      type: 'mfa.removed',
      actorId: admin.id,
      details: { reason: 'administrator' },
    });
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('An administrator removed your second factor');
  });

  it('401 without an access token', async () => {
    const user = await buildMfaUser(test);
    expectError(await test.http.delete(`/users/${user.id}/mfa`), 401, 'UNAUTHENTICATED');
  });

  it('403 for everyone else, also for their own factor', async () => {
    const user = await buildMfaUser(test);
    const manager = await test.buildUser({ roles: ['manager'] });
    expectError(await remove(user, user), 403, 'FORBIDDEN');
    expectError(await remove(user, manager), 403, 'FORBIDDEN');
    expect(await startMfaLogin(test, user)).toBeDefined();
  });

  it('403 for an administrator with a sign-in more than ten minutes ago', async () => {
    const [user, late] = [await buildMfaUser(test), await test.buildUser({ roles: ['admin'] })];
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    expectError(await remove(user, late), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it("403 for an administrator's own, which takes the password and a code", async () => {
    const own = await buildMfaUser(test, { roles: ['admin'] });
    expectError(await remove(own, own), 403, 'MFA_OWN_FACTOR');
  });

  it('404 for an unknown user, 409 for one without a second factor', async () => {
    expectError(await remove({ id: '0190b8d2-1111-7222-8333-444455556666' }), 404, 'USERS_NOT_FOUND');
    expectError(await remove(await test.buildUser()), 409, 'MFA_NOT_ON');
  });
});
