import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withKey } from '../../helpers/api-keys.ts';
import type { TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { confirmEmail, proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo } from '../../helpers/mails.ts';
import {
  organizationAuditTypes,
  buildInvitation,
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  roleOf,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('memberships at the first verification of the address', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  afterAll(() => test.close());

  it.each(proofMethods)(
    'end with the first verification, a %s, together with keys and invitations',
    async (proof) => {
      const user = await test.buildUser();
      const [own, shared] = [await buildOrganization(test, user), await buildOrganization(test, user)];
      const accomplice = await buildMember(test, shared, 'member');
      const key = await buildOrganizationKey(test, shared, user);
      const invitee = await test.buildUser();
      await verifyEmail(test, invitee);
      const invitation = await buildInvitation(test, shared, user, { email: invitee.email });

      const owner = await proveEmail(test, user, proof);

      expect((await test.as(owner).get('/organizations').expect(200)).body.data).toEqual([]);
      expect(await roleOf(test, shared, accomplice)).toBe('owner');
      expect(await organizationAuditTypes(test, shared)).toContain('member_removed');
      expect(await organizationAuditTypes(test, own)).toContain('deleted');
      await withKey(test, key).get('/users/me').expect(401);
      const accepted = await test
        .as(invitee)
        .post('/organizations/invitations/accept')
        .send({ token: invitation.token });
      expectError(accepted, 400, 'ORGANIZATIONS_INVITATION_INVALID');
      expect((await mailTo(test, user.email)).text).toContain('Organizations left: 2.');
    },
  );

  it('do not affect invitations to the address, which were sent to the mailbox', async () => {
    const [host, user] = [await test.buildUser(), await test.buildUser()];
    const organization = await buildOrganization(test, host);
    const { token } = await buildInvitation(test, organization, host, { email: user.email });
    await confirmEmail(test, user);
    await test.as(user).post('/organizations/invitations/accept').send({ token }).expect(200);
    expect(await roleOf(test, organization, user)).toBe('member');
  });

  it('stay at a reset of a verified owner; the keys are revoked and the mail counts the memberships', async () => {
    const user = await test.buildUser();
    await verifyEmail(test, user);
    const organization = await buildOrganization(test, user);
    const key = await buildOrganizationKey(test, organization, user);
    await resetPassword(test, user);
    await withKey(test, key).get('/users/me').expect(401);
    expect(await roleOf(test, organization, user)).toBe('owner');
    const { text } = await mailTo(test, user.email);
    expect(text).toContain('API keys revoked: 1.');
    expect(text).toContain('Organizations that you are still a member of: 1.');
  });
});
