import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  buildInvitation,
  buildMember,
  buildOrganization,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('GET /organizations/:id/invitations', () => {
  let test: TestApp;
  let owner: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildTestApp();
    owner = await test.buildUser();
    organization = await buildOrganization(test, owner);
  });
  afterAll(() => test.close());

  const list = (user: TestUser) => test.as(user).get(`/organizations/${organization.id}/invitations`);

  it('200 with the open ones for an admin, until they are purged', async () => {
    const open = await buildInvitation(test, organization, owner, { email: 'open@example.com' });
    const past = await buildInvitation(test, organization, owner, { email: 'past@example.com' });
    await test.db.query('UPDATE invitations SET expires_at = now() WHERE id = $1', [past.id]);
    const admin = await buildMember(test, organization, 'admin');
    const { body } = await list(admin).expect(200);
    expect(body.data).toMatchObject([{ id: open.id, email: 'open@example.com', invitedBy: owner.id }]);
    expect(body.meta.pagination.total).toBe(1);

    const purge = test.app.modules.instances.get('organizations')?.purge;
    expect(await purge?.(10)).toBe(1);
    const left = await test.db.query('SELECT id FROM invitations');
    expect(left).toEqual([{ id: open.id }]);
  });

  it('403 for a member', async () => {
    const member = await buildMember(test, organization, 'member');
    expectError(await list(member), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
  });
});
