import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { organizationAuditTypes, buildOrganization } from '../../helpers/organizations.ts';

describe('POST /organizations', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('201 makes the caller the owner', async () => {
    const response = await test.as(user).post('/organizations').send({ name: 'Oak Works' }).expect(201);
    const { data } = response.body;
    expect(data).toMatchObject({
      id: expect.any(String),
      name: 'Oak Works',
      role: 'owner',
      createdAt: expect.any(String),
      updatedAt: data.createdAt,
      version: 1,
    });
    expect(response.get('Location')).toBe(`/api/v1/organizations/${data.id}`);
    expect(response.get('ETag')).toBe('"v1"');
    const read = await test.as(user).get(`/organizations/${data.id}`).expect(200);
    expect(read.body.data).toEqual(data);
    expect(await organizationAuditTypes(test, data)).toEqual(['created']);
  });

  it('400 for a blank or too long name, and for an unknown field', async () => {
    const create = (body: object) => test.as(user).post('/organizations').send(body).expect(400);
    expect(issuesOf(await create({}))).toEqual(['body name any.required']);
    expect(issuesOf(await create({ name: '  ' }))).toEqual(['body name string.pattern.base']);
    expect(issuesOf(await create({ name: 'x'.repeat(101), role: 'owner' }))).toEqual([
      'body name string.max',
      'body role object.unknown',
    ]);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.post('/organizations').send({ name: 'A' }), 401, 'UNAUTHENTICATED');
  });

  it('409 for the twenty-first, also for concurrent requests', async () => {
    const founder = await test.buildUser();
    for (let number = 0; number < 18; number += 1) await buildOrganization(test, founder);
    const create = () => test.as(founder).post('/organizations').send({ name: 'One more' });
    // Each request counts the owned organizations before any can insert one, because the lock blocks inserts but not
    // reads.
    const requests = Array.from({ length: 6 }, create);
    const responses = await sendWhileLocked(test, 'LOCK TABLE memberships IN SHARE MODE', requests);
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expectError(await create(), 409, 'ORGANIZATIONS_TOO_MANY');
  });
});
