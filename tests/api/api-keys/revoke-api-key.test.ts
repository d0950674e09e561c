import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('DELETE /api-keys/:id', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('204 revokes the key and the secret before its rotation', async () => {
    const old = await buildApiKey(test, user);
    const rotated = await test.as(user).post(`/api-keys/${old.id}/rotate`).send({}).expect(200);
    const response = await test.as(user).delete(`/api-keys/${old.id}`).set('If-Match', '"v2"').expect(204);
    expect(response.text).toBe('');
    await withKey(test, old).get('/users/me').expect(401);
    await withKey(test, rotated.body.data).get('/users/me').expect(401);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.delete('/api-keys/12'), 401, 'UNAUTHENTICATED');
  });

  it('403 for an API key', async () => {
    const key = await buildApiKey(test, user);
    expectError(await withKey(test, key).delete(`/api-keys/${key.id}`), 403, 'FORBIDDEN');
  });

  it('404 for a key of another user, which stays valid, and for a revoked one', async () => {
    const key = await buildApiKey(test, user);
    const theirs = await test.as(await test.buildUser()).delete(`/api-keys/${key.id}`);
    expectError(theirs, 404, 'API_KEYS_NOT_FOUND');
    await withKey(test, key).get('/users/me').expect(200);
    await test.as(user).delete(`/api-keys/${key.id}`).expect(204);
    expectError(await test.as(user).delete(`/api-keys/${key.id}`), 404, 'API_KEYS_NOT_FOUND');
    expectError(
      await test.as(user).patch(`/api-keys/${key.id}`).send({ name: 'New' }),
      404,
      'API_KEYS_NOT_FOUND',
    );
  });

  it('412 if If-Match is another version, and the key stays valid', async () => {
    const key = await buildApiKey(test, user);
    const response = await test.as(user).delete(`/api-keys/${key.id}`).set('If-Match', '"v2"');
    expectError(response, 412, 'PRECONDITION_FAILED');
    await withKey(test, key).get('/users/me').expect(200);
  });
});
