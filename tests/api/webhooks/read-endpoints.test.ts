import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
// #region api-keys
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
// #endregion
import { expectError } from '../../helpers/errors.ts';
import { buildEndpoint, buildWebhookApp } from '../../helpers/webhooks.ts';

describe('GET /webhook-endpoints', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildWebhookApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('200 with only the caller’s endpoints, newest first', async () => {
    await buildEndpoint(test, await test.buildUser());
    const first = await buildEndpoint(test, user);
    test.clock.advance(1);
    const second = await buildEndpoint(test, user);
    const { body } = await test.as(user).get('/webhook-endpoints').expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
    expect(JSON.stringify(body)).not.toContain('whsec_');
  });

  // #region api-keys
  it('200 for an API key with the scope, also on GET /webhook-endpoints/:id', async () => {
    const { secret: _secret, ...endpoint } = await buildEndpoint(test, user);
    const key = await buildApiKey(test, user, { scopes: ['webhooks:manage'] });
    await withKey(test, key).get('/webhook-endpoints').expect(200);
    const { body } = await withKey(test, key).get(`/webhook-endpoints/${endpoint.id}`).expect(200);
    expect(body.data).toEqual(endpoint);
  });
  // #endregion

  it('404 for another user’s endpoint, also for an administrator', async () => {
    const { id } = await buildEndpoint(test, user);
    for (const stranger of [await test.buildUser(), await test.buildUser({ roles: ['admin'] })]) {
      expectError(await test.as(stranger).get(`/webhook-endpoints/${id}`), 404, 'WEBHOOKS_NOT_FOUND');
    }
  });
});
