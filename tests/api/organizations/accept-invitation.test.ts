import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import {
  buildInvitation,
  buildMember,
  buildOrganization,
  roleOf,
  verifyEmail,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('POST /organizations/invitations/accept', () => {
  let test: TestApp;
  let owner: TestUser;
  let invitee: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildTestApp();
    owner = await test.buildUser();
  });
  beforeEach(async () => {
    organization = await buildOrganization(test, owner);
    invitee = await test.buildUser();
    await verifyEmail(test, invitee);
  });
  afterAll(() => test.close());

  const accept = (user: TestUser, token: string) =>
    test.as(user).post('/organizations/invitations/accept').send({ token });

  it('200 makes the user a member with the invited role', async () => {
    const { id, token } = await buildInvitation(test, organization, owner, {
      email: invitee.email,
      role: 'admin',
    });
    const { body } = await accept(invitee, token).expect(200);
    expect(body.data).toMatchObject({ id: organization.id, name: organization.name, role: 'admin' });
    const read = await test.as(invitee).get(`/organizations/${organization.id}`).expect(200);
    expect(read.body.data).toEqual(body.data);
    const events = await auditEventsOf(test, 'organizations', invitee.id);
    expect(events.map(({ type }) => type)).toEqual([
      'organizations.member_invited',
      'organizations.member_joined',
    ]);
    expect(events.at(-1)).toMatchObject({
      actorId: invitee.id,
      details: { invitationId: id, role: 'admin' },
    });
  });

  it('200 for an existing member keeps the role', async () => {
    const { token } = await buildInvitation(test, organization, owner, {
      email: invitee.email,
      role: 'owner',
    });
    await buildMember(test, organization, 'member', invitee);
    const { body } = await accept(invitee, token).expect(200);
    expect(body.data.role).toBe('member');
    expect(await roleOf(test, organization, invitee)).toBe('member');
  });

  it('400 without a token', async () => {
    const response = await test.as(invitee).post('/organizations/invitations/accept').send({}).expect(400);
    expect(issuesOf(response)).toEqual(['body token any.required']);
  });

  it('400 for an unknown, used or expired token', async () => {
    expectError(await accept(invitee, 'unknown'), 400, 'ORGANIZATIONS_INVITATION_INVALID');
    const { id, token } = await buildInvitation(test, organization, owner, { email: invitee.email });
    await test.db.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [id]);
    expectError(await accept(invitee, token), 400, 'ORGANIZATIONS_INVITATION_INVALID');
    const next = await buildInvitation(test, organization, owner, { email: invitee.email });
    await accept(invitee, next.token).expect(200);
    expectError(await accept(invitee, next.token), 400, 'ORGANIZATIONS_INVITATION_INVALID');
  });

  it('400 for one of two concurrent requests', async () => {
    const { token } = await buildInvitation(test, organization, owner, { email: invitee.email });
    const lock = `SELECT 1 FROM organizations WHERE id = '${organization.id}' FOR UPDATE`;
    const responses = await sendWhileLocked(test, lock, [accept(invitee, token), accept(invitee, token)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400]);
    const { body } = await test.as(owner).get(`/organizations/${organization.id}/members`);
    expect(body.meta.pagination.total).toBe(2);
  });

  it('400 if the organization is deleted meanwhile', async () => {
    const { token } = await buildInvitation(test, organization, owner, { email: invitee.email });
    const removal = `DELETE FROM organizations WHERE id = '${organization.id}'`;
    const [response] = await sendWhileLocked(test, removal, [accept(invitee, token)]);
    expectError(response!, 400, 'ORGANIZATIONS_INVITATION_INVALID');
  });

  it('403 for another account, and keeps the invitation', async () => {
    const { token } = await buildInvitation(test, organization, owner, { email: invitee.email });
    const thief = await test.buildUser();
    await verifyEmail(test, thief);
    expectError(await accept(thief, token), 403, 'ORGANIZATIONS_INVITATION_NOT_YOURS');
    expect(await roleOf(test, organization, thief)).toBeUndefined();
    await accept(invitee, token).expect(200);
  });

  it('403 for an account with an unverified address, until it is verified', async () => {
    const unverified = await test.buildUser();
    const { token } = await buildInvitation(test, organization, owner, { email: unverified.email });
    expectError(await accept(unverified, token), 403, 'ORGANIZATIONS_INVITATION_NOT_YOURS');
    await verifyEmail(test, unverified);
    await accept(unverified, token).expect(200);
  });
});
