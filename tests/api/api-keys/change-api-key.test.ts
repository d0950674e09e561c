import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('PATCH /api-keys/:id', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('200 with the changes and the next version; other fields are unchanged', async () => {
    const { key: _key, ...known } = await buildApiKey(test, user, { allowedAddresses: ['203.0.113.7'] });
    const change = { name: 'Hourly import', quotaPerMinute: 5 };
    const response = await test.as(user).patch(`/api-keys/${known.id}`).send(change).expect(200);
    expect(response.body.data).toEqual({ ...known, ...change, version: 2 });
    expect(response.get('ETag')).toBe('"v2"');
    const addresses = { allowedAddresses: ['10.9.9.9/8'] };
    await test.as(user).patch(`/api-keys/${known.id}`).set('If-Match', '"v2"').send(addresses).expect(200);
    const read = await test.as(user).get(`/api-keys/${known.id}`).expect(200);
    expect(read.body.data).toEqual({ ...known, ...change, allowedAddresses: ['10.0.0.0/8'], version: 3 });
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'body  object.min'],
    ['scopes', { scopes: ['loans:place'] }, 'body scopes object.unknown'],
    ['an end', { expiresAt: '2099-01-01T00:00:00Z' }, 'body expiresAt object.unknown'],
    ['a quota beyond all bounds', { quotaPerDay: 1_000_001 }, 'body quotaPerDay number.max'],
    ['three numbers', { allowedAddresses: ['1.2.3'] }, 'body allowedAddresses.0 address.invalid'],
  ])('400 for %s', async (_what, body, issue) => {
    const { id } = await buildApiKey(test, await test.buildUser());
    const response = await test.as(user).patch(`/api-keys/${id}`).send(body);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toContain(issue);
  });

  it('401 without an access token', async () => {
    const { id } = await buildApiKey(test, user);
    expectError(await test.http.patch(`/api-keys/${id}`).send({ name: 'New' }), 401, 'UNAUTHENTICATED');
  });

  it('403 for an API key, which cannot widen itself', async () => {
    const key = await buildApiKey(test, user);
    const response = await withKey(test, key).patch(`/api-keys/${key.id}`).send({ quotaPerDay: 1_000_000 });
    expectError(response, 403, 'FORBIDDEN');
  });

  it('403 for changes that let the key do more after a sign-in more than ten minutes ago', async () => {
    const late = await test.buildUser();
    const limits = { allowedAddresses: ['203.0.113.0/24'], quotaPerMinute: 60, quotaPerDay: 1_000 };
    const { id } = await buildApiKey(test, late, limits);
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    const change = (body: object) => test.as(late).patch(`/api-keys/${id}`).send(body);
    for (const wider of [
      { quotaPerMinute: 61 },
      { quotaPerDay: 1_001 },
      { allowedAddresses: [] },
      { allowedAddresses: ['203.0.113.0/24', '198.51.100.1'] },
      { name: 'Harmless', allowedAddresses: ['203.0.112.0/23'] },
    ])
      expectError(await change(wider), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    const read = await test.as(late).get(`/api-keys/${id}`).expect(200);
    expect(read.body.data).toMatchObject({ ...limits, name: 'Nightly import', version: 1 });
    await change({ name: 'Hourly import' }).expect(200);
    await change({ allowedAddresses: ['203.0.113.7'], quotaPerMinute: 6, quotaPerDay: 100 }).expect(200);
    expectError(await change({ quotaPerMinute: 60 }), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('404 for a key of another user, which is unchanged', async () => {
    const { id } = await buildApiKey(test, user);
    const stranger = await test.buildUser();
    const response = await test.as(stranger).patch(`/api-keys/${id}`).send({ name: 'Mine' });
    expectError(response, 404, 'API_KEYS_NOT_FOUND');
    const read = await test.as(user).get(`/api-keys/${id}`).expect(200);
    expect(read.body.data).toMatchObject({ name: 'Nightly import', version: 1 });
  });

  it('412 if If-Match is another version', async () => {
    const { id } = await buildApiKey(test, user);
    const response = await test
      .as(user)
      .patch(`/api-keys/${id}`)
      .set('If-Match', '"v2"')
      .send({ name: 'New' });
    expectError(response, 412, 'PRECONDITION_FAILED');
  });
});
