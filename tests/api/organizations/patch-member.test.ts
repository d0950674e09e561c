import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import {
  buildInvitation,
  buildMember,
  buildOrganization,
  roleOf,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('PATCH /organizations/:id/members/:userId', () => {
  let test: TestApp;
  let owner: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildTestApp();
    owner = await test.buildUser();
  });
  beforeEach(async () => {
    organization = await buildOrganization(test, owner);
  });
  afterAll(() => test.close());

  const change = (by: TestUser, userId: string, role: string) =>
    test.as(by).patch(`/organizations/${organization.id}/members/${userId}`).send({ role });

  it('200 applies the new role immediately', async () => {
    const member = await buildMember(test, organization, 'member');
    const rename = () => test.as(member).patch(`/organizations/${organization.id}`).send({ name: 'New' });
    await rename().expect(403);
    const { body } = await change(owner, member.id.toUpperCase(), 'admin').expect(200);
    expect(body.data).toMatchObject({ userId: member.id, email: member.email, role: 'admin' });
    await rename().expect(200);
    await change(owner, member.id, 'member').expect(200);
    await rename().expect(403);
    const [raised] = await auditEventsOf(test, 'organizations', member.id);
    expect(raised).toMatchObject({
      type: 'organizations.member_role_changed',
      actorId: owner.id,
      details: { organizationId: organization.id, role: 'admin', previousRole: 'member' },
    });
  });

  it('403 for a higher role without a recent sign-in; a lower role does not require one', async () => {
    const late = await buildMember(test, organization, 'owner');
    const member = await buildMember(test, organization, 'admin');
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    expectError(await change(late, member.id, 'owner'), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    expect(await roleOf(test, organization, member)).toBe('admin');
    await change(late, member.id, 'admin').expect(200);
    await change(late, member.id, 'member').expect(200);
    expectError(await change(late, member.id, 'admin'), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('200 for the current role, without a change', async () => {
    await change(owner, owner.id, 'owner').expect(200);
    const { body } = await test.as(owner).get(`/organizations/${organization.id}`);
    expect(body.data.version).toBe(1);
  });

  it('200 deletes the invitations that the member could no longer send', async () => {
    const admin = await buildMember(test, organization, 'owner');
    const asOwner = { email: 'future-owner@example.com', role: 'owner' as const };
    await buildInvitation(test, organization, admin, asOwner);
    await buildInvitation(test, organization, admin, { email: 'future-member@example.com' });
    const emails = async () => {
      const { body } = await test.as(owner).get(`/organizations/${organization.id}/invitations`);
      return (body.data as { email: string }[]).map(({ email }) => email);
    };
    await change(owner, admin.id, 'admin').expect(200);
    expect(await emails()).toEqual(['future-member@example.com']);
    await change(owner, admin.id, 'member').expect(200);
    expect(await emails()).toEqual([]);
  });

  it('400 for an unknown role', async () => {
    expect(issuesOf(await change(owner, owner.id, 'root').expect(400))).toEqual(['body role any.only']);
  });

  it('403 for an admin', async () => {
    const admin = await buildMember(test, organization, 'admin');
    const member = await buildMember(test, organization, 'member');
    expectError(await change(admin, member.id, 'admin'), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    expectError(await change(admin, admin.id, 'owner'), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    expect(await roleOf(test, organization, admin)).toBe('admin');
  });

  it('404 for a user who is not a member, with or without an account', async () => {
    const stranger = await test.buildUser();
    expectError(await change(owner, stranger.id, 'member'), 404, 'ORGANIZATIONS_MEMBER_NOT_FOUND');
    expectError(await change(owner, randomUUID(), 'member'), 404, 'ORGANIZATIONS_MEMBER_NOT_FOUND');
  });

  it('409 for the last owner', async () => {
    await buildMember(test, organization, 'admin');
    expectError(await change(owner, owner.id, 'admin'), 409, 'ORGANIZATIONS_LAST_OWNER');
    expect(await roleOf(test, organization, owner)).toBe('owner');
  });
});
