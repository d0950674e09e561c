import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import {
  buildMember,
  buildOrganization,
  sendInOrder,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('the removal of an admin during a request of that admin', () => {
  let test: TestApp;
  let owner: TestUser;
  let admin: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser();
  });
  beforeEach(async () => {
    organization = await buildOrganization(test, owner);
    admin = await buildMember(test, organization, 'admin');
  });
  afterAll(() => test.close());

  const below = (path: string): string => `/organizations/${organization.id}/${path}`;
  const remove = () => test.as(owner).delete(below(`members/${admin.id}`));
  const makeKey = () =>
    test
      .as(admin)
      .post(below('api-keys'))
      .send({ name: 'Parting gift', scopes: ['loans:place'] });
  const invite = () =>
    test.as(admin).post(below('invitations')).send({ email: 'friend@example.com', role: 'admin' });

  /** Returns the valid keys and the invitations that would let the removed admin regain access. */
  const left = () =>
    test.db.query(
      `SELECT 'key' AS what FROM api_keys WHERE organization_id = $1 AND revoked_at IS NULL
       UNION ALL SELECT 'invitation' FROM invitations WHERE organization_id = $1`,
      [organization.id],
    );

  it('revokes a key created before it', async () => {
    expect(await sendInOrder(test, organization, makeKey(), remove())).toEqual(['201', '204']);
    expect(await left()).toEqual([]);
  });

  it('prevents a key after it', async () => {
    expect(await sendInOrder(test, organization, remove(), makeKey())).toEqual([
      '204',
      '404 ORGANIZATIONS_NOT_FOUND',
    ]);
    expect(await left()).toEqual([]);
  });

  it('deletes an invitation sent before it', async () => {
    expect(await sendInOrder(test, organization, invite(), remove())).toEqual(['201', '204']);
    expect(await left()).toEqual([]);
  });

  it('prevents an invitation after it', async () => {
    expect(await sendInOrder(test, organization, remove(), invite())).toEqual([
      '204',
      '404 ORGANIZATIONS_NOT_FOUND',
    ]);
    expect(await left()).toEqual([]);
  });

  it('does not deadlock with an erasure', async () => {
    const erase = () => test.as(admin).delete('/users/me').send({ password: admin.password });
    expect(await sendInOrder(test, organization, erase(), remove())).toEqual([
      '204',
      '404 ORGANIZATIONS_MEMBER_NOT_FOUND',
    ]);
    admin = await buildMember(test, organization, 'admin');
    expect(await sendInOrder(test, organization, remove(), erase())).toEqual(['204', '204']);
  });
});
