import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  buildInvitation,
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  roleOf,
  verifyEmail,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('DELETE /organizations/:id/members/:userId', () => {
  let test: TestApp;
  let owner: TestUser;
  let admin: TestUser;
  let member: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser();
    admin = await test.buildUser();
    member = await test.buildUser();
  });
  beforeEach(async () => {
    organization = await buildOrganization(test, owner);
    await buildMember(test, organization, 'admin', admin);
    await buildMember(test, organization, 'member', member);
  });
  afterAll(() => test.close());

  const remove = (by: TestUser, { id }: TestUser) =>
    test.as(by).delete(`/organizations/${organization.id}/members/${id}`);

  it('204 for an admin who removes a member, who loses access', async () => {
    await remove(admin, member).expect(204);
    await test.as(member).get(`/organizations/${organization.id}`).expect(404);
    const events = await auditEventsOf(test, 'organizations', member.id);
    expect(events.at(-1)).toMatchObject({
      type: 'organizations.member_removed',
      actorId: admin.id,
      details: { organizationId: organization.id, isOwnWish: false },
    });
  });

  it('204 for an owner who removes an admin or another owner', async () => {
    const second = await buildMember(test, organization, 'owner');
    await remove(owner, admin).expect(204);
    await remove(owner, second).expect(204);
    expect(await roleOf(test, organization, second)).toBeUndefined();
  });

  it('204 for a user who leaves, also a member and with an id in upper case', async () => {
    await test
      .as(member)
      .delete(`/organizations/${organization.id}/members/${member.id.toUpperCase()}`)
      .expect(204);
    expect(await roleOf(test, organization, member)).toBeUndefined();
  });

  it('204 revokes only the keys of the organization that act for the member', async () => {
    const elsewhere = await buildOrganization(test, admin);
    const [ended, ofOwner, ofOther] = [
      await buildOrganizationKey(test, organization, admin),
      await buildOrganizationKey(test, organization, owner),
      await buildOrganizationKey(test, elsewhere, admin),
    ];
    await remove(owner, admin).expect(204);
    await withKey(test, ended).post('/loans').expect(401);
    await withKey(test, ofOwner).get(`/organizations/${organization.id}`).expect(200);
    await withKey(test, ofOther).get(`/organizations/${elsewhere.id}`).expect(200);
  });

  it('204 deletes the invitations that the member sent', async () => {
    const invitee = await test.buildUser();
    await verifyEmail(test, invitee);
    const { token } = await buildInvitation(test, organization, admin, { email: invitee.email });
    await remove(owner, admin).expect(204);
    const accepted = await test.as(invitee).post('/organizations/invitations/accept').send({ token });
    expectError(accepted, 400, 'ORGANIZATIONS_INVITATION_INVALID');
  });

  it('403 for a member, and for an admin who removes an admin or owner', async () => {
    const other = await buildMember(test, organization, 'admin');
    for (const [by, target] of [
      [member, admin],
      [admin, other],
      [admin, owner],
    ] as const) {
      expectError(await remove(by, target), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    }
  });

  it('404 for a user who is not a member', async () => {
    const stranger = await test.buildUser();
    expectError(await remove(owner, stranger), 404, 'ORGANIZATIONS_MEMBER_NOT_FOUND');
  });

  it('409 for the last owner, whose keys stay valid', async () => {
    const key = await buildOrganizationKey(test, organization, owner);
    expectError(await remove(owner, owner), 409, 'ORGANIZATIONS_LAST_OWNER');
    await withKey(test, key).get(`/organizations/${organization.id}`).expect(200);
  });
});
