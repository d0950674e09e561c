import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import {
  buildMember,
  buildOrganization,
  sendInOrder,
  roleOf,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('the last owner in concurrent requests', () => {
  let test: TestApp;
  let first: TestUser;
  let second: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    // `sendInOrder` makes both requests wait for a lock. They do not time out even on a slow machine, because the default
    // timeouts of the test app are long.
    test = await buildTestApp();
  });
  beforeEach(async () => {
    first = await test.buildUser();
    second = await test.buildUser();
    organization = await buildOrganization(test, first);
    await buildMember(test, organization, 'owner', second);
  });
  afterAll(() => test.close());

  const leave = (user: TestUser) =>
    test.as(user).delete(`/organizations/${organization.id}/members/${user.id}`);
  const demote = (by: TestUser, user: TestUser) =>
    test.as(by).patch(`/organizations/${organization.id}/members/${user.id}`).send({ role: 'member' });
  const rolesNow = () => Promise.all([first, second].map((user) => roleOf(test, organization, user)));

  it('stays if both owners leave', async () => {
    expect(await sendInOrder(test, organization, leave(first), leave(second))).toEqual([
      '204',
      '409 ORGANIZATIONS_LAST_OWNER',
    ]);
    expect(await rolesNow()).toEqual([undefined, 'owner']);
  });

  it('stays if one is demoted and the other leaves', async () => {
    expect(await sendInOrder(test, organization, demote(second, second), leave(first))).toEqual([
      '200',
      '409 ORGANIZATIONS_LAST_OWNER',
    ]);
    expect(await rolesNow()).toEqual(['owner', 'member']);
  });

  it('stays if one leaves and the other is demoted', async () => {
    expect(await sendInOrder(test, organization, leave(first), demote(second, second))).toEqual([
      '204',
      '409 ORGANIZATIONS_LAST_OWNER',
    ]);
    expect(await rolesNow()).toEqual([undefined, 'owner']);
  });

  it('stays if each demotes the other: the second has lost the role', async () => {
    expect(await sendInOrder(test, organization, demote(first, second), demote(second, first))).toEqual([
      '200',
      '403 ORGANIZATIONS_ROLE_TOO_LOW',
    ]);
    expect(await rolesNow()).toEqual(['owner', 'member']);
  });

  it('stays if each removes the other: the second is no longer a member', async () => {
    const remove = (by: TestUser, user: TestUser) =>
      test.as(by).delete(`/organizations/${organization.id}/members/${user.id}`);
    expect(await sendInOrder(test, organization, remove(first, second), remove(second, first))).toEqual([
      '204',
      '404 ORGANIZATIONS_NOT_FOUND',
    ]);
    expect(await rolesNow()).toEqual(['owner', undefined]);
  });

  it('stays if one account is erased and the other owner leaves', async () => {
    const erase = test.as(first).delete('/users/me').send({ password: first.password });
    expect(await sendInOrder(test, organization, erase, leave(second))).toEqual([
      '204',
      '409 ORGANIZATIONS_LAST_OWNER',
    ]);
    expect(await rolesNow()).toEqual([undefined, 'owner']);
  });

  it('is not replaced if the other owner left before the erasure: the organization is deleted', async () => {
    const erase = test.as(first).delete('/users/me').send({ password: first.password });
    expect(await sendInOrder(test, organization, leave(second), erase)).toEqual(['204', '204']);
    const left = await test.db.query('SELECT 1 FROM organizations WHERE id = $1', [organization.id]);
    expect(left).toEqual([]);
  });
});
