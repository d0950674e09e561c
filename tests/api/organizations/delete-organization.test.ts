import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  organizationAuditTypes,
  buildInvitation,
  buildMember,
  buildOrganization,
  buildOrganizationKey,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('DELETE /organizations/:id', () => {
  let test: TestApp;
  let owner: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser();
  });
  afterAll(() => test.close());

  it('204 deletes its keys, members and invitations', async () => {
    const organization = await buildOrganization(test, owner);
    const key = await buildOrganizationKey(test, organization, owner);
    await buildMember(test, organization, 'member');
    await buildInvitation(test, organization, owner, { email: 'invited@example.com' });
    await withKey(test, key).get(`/organizations/${organization.id}`).expect(200);

    await test.as(owner).delete(`/organizations/${organization.id}`).expect(204);
    await test.as(owner).get(`/organizations/${organization.id}`).expect(404);
    await withKey(test, key).post('/loans').expect(401);
    const left = await test.db.query(
      `SELECT 1 FROM memberships WHERE organization_id = $1 UNION ALL
       SELECT 1 FROM invitations WHERE organization_id = $1`,
      [organization.id],
    );
    expect(left).toEqual([]);
    expect((await organizationAuditTypes(test, organization)).at(-1)).toBe('deleted');
  });

  it('403 for an admin, and for an owner without a recent sign-in', async () => {
    const organization = await buildOrganization(test, owner);
    const admin = await buildMember(test, organization, 'admin');
    const remove = (user: TestUser) => test.as(user).delete(`/organizations/${organization.id}`);
    expectError(await remove(admin), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    test.clock.advance(11 * 60_000);
    expectError(await remove(owner), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await test.as(owner).get(`/organizations/${organization.id}`).expect(200);
    test.clock.advance(-11 * 60_000);
  });

  it('412 for an old version', async () => {
    const { id } = await buildOrganization(test, owner);
    await test.as(owner).patch(`/organizations/${id}`).send({ name: 'Other' }).expect(200);
    const response = await test.as(owner).delete(`/organizations/${id}`).set('If-Match', '"v1"');
    expectError(response, 412, 'PRECONDITION_FAILED');
  });
});
