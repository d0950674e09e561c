import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  buildInvitation,
  buildMember,
  buildOrganization,
  verifyEmail,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('DELETE /organizations/:id/invitations/:invitationId', () => {
  let test: TestApp;
  let owner: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildTestApp();
    owner = await test.buildUser();
    organization = await buildOrganization(test, owner);
  });
  afterAll(() => test.close());

  const withdraw = (by: TestUser, id: string) =>
    test.as(by).delete(`/organizations/${organization.id}/invitations/${id}`);

  it('204 invalidates the token', async () => {
    const invitee = await test.buildUser();
    await verifyEmail(test, invitee);
    const { id, token } = await buildInvitation(test, organization, owner, { email: invitee.email });
    await withdraw(await buildMember(test, organization, 'admin'), id).expect(204);
    const response = await test.as(invitee).post('/organizations/invitations/accept').send({ token });
    expectError(response, 400, 'ORGANIZATIONS_INVITATION_INVALID');
  });

  it('403 for a member', async () => {
    const { id } = await buildInvitation(test, organization, owner, { email: 'kept@example.com' });
    const member = await buildMember(test, organization, 'member');
    expectError(await withdraw(member, id), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
  });

  it('404 for an unknown or withdrawn invitation', async () => {
    const { id } = await buildInvitation(test, organization, owner, { email: 'twice@example.com' });
    await withdraw(owner, id).expect(204);
    expectError(await withdraw(owner, id), 404, 'ORGANIZATIONS_INVITATION_NOT_FOUND');
    expectError(await withdraw(owner, randomUUID()), 404, 'ORGANIZATIONS_INVITATION_NOT_FOUND');
  });
});
