import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { issuesOf } from '../../helpers/errors.ts';
import {
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('GET /organizations', () => {
  let test: TestApp;
  let user: TestUser;
  let own: TestOrganization;
  let joined: TestOrganization;

  beforeAll(async () => {
    test = await buildThingsApp();
    user = await test.buildUser();
    const other = await test.buildUser();
    own = await buildOrganization(test, user, 'Own');
    joined = await buildOrganization(test, other, 'Joined');
    await buildMember(test, joined, 'member', user);
    await buildOrganization(test, other, 'Foreign');
  });
  afterAll(() => test.close());

  const namesOf = ({ body }: { body: { data: { name: string }[] } }) => body.data.map(({ name }) => name);

  it('200 with the organizations of the caller and the role in each', async () => {
    const { body } = await test.as(user).get('/organizations?sort=name').expect(200);
    expect(body.data).toEqual([{ ...joined, role: 'member' }, own]);
    expect(body.meta.pagination).toEqual({ page: 1, limit: 20, total: 2, totalPages: 1 });
  });

  it('200 page by page with a cursor', async () => {
    const first = await test.as(user).get('/organizations?sort=name&limit=1&cursor=').expect(200);
    expect(namesOf(first)).toEqual(['Joined']);
    const { nextCursor } = first.body.meta.pagination;
    const second = await test
      .as(user)
      .get(`/organizations?sort=name&limit=1&cursor=${nextCursor}`)
      .expect(200);
    expect(namesOf(second)).toEqual(['Own']);
    expect(second.body.meta.pagination).toEqual({ limit: 1, nextCursor: null, hasMore: false });
  });

  it('200 with only its organization for its key, and with all of the user for a personal key', async () => {
    const key = await buildOrganizationKey(test, own, user);
    const withOrganizationKey = await withKey(test, key).get('/organizations').expect(200);
    expect(namesOf(withOrganizationKey)).toEqual(['Own']);
    expect(withOrganizationKey.body.meta.pagination.total).toBe(1);
    const personal = await withKey(test, await buildApiKey(test, user)).get('/organizations?sort=name');
    expect(namesOf(personal)).toEqual(['Joined', 'Own']);
  });

  it('400 for an unsupported sort', async () => {
    const response = await test.as(user).get('/organizations?sort=version').expect(400);
    expect(issuesOf(response)).toEqual(['query sort string.pattern.base']);
  });
});
