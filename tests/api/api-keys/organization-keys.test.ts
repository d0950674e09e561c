import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ApiKeys, CreateApiKeyBody } from '../../../src/api/api-keys/index.ts';
import type { Caller } from '../../../src/http/route.ts';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('API keys of an organization', () => {
  let test: TestApp;
  let apiKeys: ApiKeys;

  beforeAll(async () => {
    test = await buildThingsApp();
    apiKeys = test.app.modules.instances.get('api-keys')!.api as ApiKeys;
  });
  afterAll(() => test.close());

  const callerFor = ({ id }: TestUser): Caller => ({
    userId: id,
    sessionId: randomUUID(),
    roles: ['user'],
    permissions: new Set(['loans:place']),
    authenticatedAt: new Date(),
    tokenVersion: 1,
    hasMfa: false,
    organizationId: null,
  });
  const body: CreateApiKeyBody = {
    name: 'Shop',
    scopes: ['loans:place'],
    allowedAddresses: [],
    quotaPerMinute: 60,
    quotaPerDay: 1_000,
  };
  const create = (organizationId: string, user: TestUser) =>
    apiKeys.createFor(organizationId, callerFor(user), body);
  const statusOf = async (key: { key: string }) => (await withKey(test, key).get('/users/me')).status;

  it('act for the member who created them, and contain the organization', async () => {
    const [organizationId, user] = [randomUUID(), await test.buildUser()];
    const { apiKey, key } = await create(organizationId, user);
    expect(apiKey).toMatchObject({ organizationId, userId: user.id, name: 'Shop' });
    const me = await withKey(test, { key }).get('/users/me').expect(200);
    expect(me.body.data.id).toBe(user.id);
    const found = await Promise.all(
      test.app.modules.authenticators.map((known) =>
        known.authenticate(key, { isFresh: true, ip: '127.0.0.1' }),
      ),
    );
    expect(found.flatMap((principal) => principal?.machineKey?.organizationId ?? [])).toEqual([
      organizationId,
    ]);
  });

  it('require the same of the member as a personal key', async () => {
    const [organizationId, user] = [randomUUID(), await test.buildUser()];
    const wider = { ...body, scopes: ['loans:manage'] };
    await expect(apiKeys.createFor(organizationId, callerFor(user), wider)).rejects.toMatchObject({
      code: 'API_KEYS_SCOPE_NOT_HELD',
    });
    for (let count = 0; count < 20; count += 1) await create(organizationId, user);
    await expect(create(organizationId, user)).rejects.toMatchObject({ code: 'API_KEYS_TOO_MANY' });
    await test
      .as(user)
      .post('/api-keys')
      .send({ name: 'Own', scopes: ['loans:place'] })
      .expect(409);
  });

  it('are listed for their organization only, not for the user', async () => {
    const [one, other, user] = [randomUUID(), randomUUID(), await test.buildUser()];
    const { apiKey } = await create(one, user);
    const own = await buildApiKey(test, user);
    await create(other, user);
    expect((await apiKeys.listFor(one)).map(({ id }) => id)).toEqual([apiKey.id]);
    const listed = await test.as(user).get('/api-keys').expect(200);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([own.id]);
    await test.as(user).get(`/api-keys/${apiKey.id}`).expect(404);
    await test.as(user).delete(`/api-keys/${apiKey.id}`).expect(404);
  });

  it('are rotated and revoked by their organization only', async () => {
    const [one, other, user] = [randomUUID(), randomUUID(), await test.buildUser()];
    const { apiKey, key } = await create(one, user);
    const own = await buildApiKey(test, user);
    const notFound = { code: 'API_KEYS_NOT_FOUND' };
    for (const id of [apiKey.id, own.id]) {
      await expect(apiKeys.rotateFor(other, id, { overlapSeconds: 0 })).rejects.toMatchObject(notFound);
      await expect(apiKeys.revokeFor(other, id)).rejects.toMatchObject(notFound);
    }
    const next = await apiKeys.rotateFor(one, apiKey.id, { overlapSeconds: 0 });
    expect([await statusOf({ key }), await statusOf(next)]).toEqual([401, 200]);
    await apiKeys.revokeFor(one, apiKey.id);
    expect([await statusOf(next), await statusOf(own)]).toEqual([401, 200]);
    await expect(apiKeys.revokeFor(one, apiKey.id)).rejects.toMatchObject(notFound);
  });

  it('are revoked if the member leaves, and if the organization is deleted', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const [leaver, stayer] = [await test.buildUser(), await test.buildUser()];
    const left = await create(one, leaver);
    const stays = await create(one, stayer);
    const elsewhere = await create(other, leaver);
    const own = await buildApiKey(test, leaver);
    await apiKeys.revokeAllFor(one, leaver.id);
    expect(await Promise.all([left, stays, elsewhere, own].map(statusOf))).toEqual([401, 200, 200, 200]);
    await apiKeys.revokeAllFor(one);
    expect(await Promise.all([left, stays, elsewhere, own].map(statusOf))).toEqual([401, 401, 200, 200]);
  });

  it('are revoked only if the transaction commits', async () => {
    const [organizationId, user] = [randomUUID(), await test.buildUser()];
    const key = await create(organizationId, user);
    const failing = test.db.transaction(async () => {
      await apiKeys.revokeAllFor(organizationId);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await statusOf(key)).toBe(200);
  });
});
