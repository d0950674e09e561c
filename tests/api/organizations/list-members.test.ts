import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import {
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('GET /organizations/:id/members', () => {
  let test: TestApp;
  let owner: TestUser;
  let member: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser({ name: 'Olive' });
    organization = await buildOrganization(test, owner);
    member = await test.buildUser({ name: 'Mia' });
    await buildMember(test, organization, 'member', member);
    await buildOrganization(test, member, 'Another');
  });
  afterAll(() => test.close());

  it('200 for each member, ordered by time of joining', async () => {
    const { body } = await test.as(member).get(`/organizations/${organization.id}/members`).expect(200);
    const joinedAt = expect.any(String);
    expect(body.data).toEqual([
      { userId: owner.id, name: 'Olive', email: owner.email, role: 'owner', joinedAt },
      { userId: member.id, name: 'Mia', email: member.email, role: 'member', joinedAt },
    ]);
    expect(body.meta.pagination.total).toBe(2);
  });

  it('200 for a key of the organization, page by page', async () => {
    const key = await buildOrganizationKey(test, organization, owner);
    const path = `/organizations/${organization.id}/members`;
    const first = await withKey(test, key).get(`${path}?limit=1&cursor=`).expect(200);
    const { nextCursor } = first.body.meta.pagination;
    const second = await withKey(test, key).get(`${path}?limit=1&cursor=${nextCursor}`).expect(200);
    expect([first, second].map(({ body }) => body.data[0].userId)).toEqual([owner.id, member.id]);
    expect(second.body.meta.pagination.hasMore).toBe(false);
  });
});
