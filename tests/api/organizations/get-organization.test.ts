import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import {
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('GET /organizations/:id', () => {
  let test: TestApp;
  let owner: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser();
    organization = await buildOrganization(test, owner);
  });
  afterAll(() => test.close());

  it('200 for each member, with the role of the caller', async () => {
    const member = await buildMember(test, organization, 'member');
    const { body } = await test.as(member).get(`/organizations/${organization.id}`).expect(200);
    expect(body.data).toEqual({ ...organization, role: 'member' });
  });

  it('200 for its key, for a personal key of a member, and for an id in upper case', async () => {
    const path = `/organizations/${organization.id.toUpperCase()}`;
    const key = await buildOrganizationKey(test, organization, owner);
    await withKey(test, key).get(path).expect(200);
    await withKey(test, await buildApiKey(test, owner))
      .get(path)
      .expect(200);
  });

  it('304 until it changes; a new role is a change', async () => {
    const member = await buildMember(test, organization, 'member');
    const read = () => test.as(member).get(`/organizations/${organization.id}`).set('If-None-Match', '"v1"');
    await read().expect(304);
    await test
      .as(owner)
      .patch(`/organizations/${organization.id}/members/${member.id}`)
      .send({ role: 'admin' })
      .expect(200);
    expect((await read().expect(200)).body.data).toMatchObject({ role: 'admin', version: 2 });
  });

  it('400 for an id that is not a UUID', async () => {
    await test.as(owner).get('/organizations/mine').expect(400);
  });
});
