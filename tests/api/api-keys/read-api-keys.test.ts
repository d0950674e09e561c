import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backdateKey, buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const nowhere = '0195f2d0-0000-7000-8000-000000000000';

describe('reading API keys', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  afterAll(() => test.close());

  describe('GET /api-keys', () => {
    it('200 with the caller’s keys, newest first, including expired and excluding revoked ones', async () => {
      const user = await test.buildUser();
      await buildApiKey(test, await test.buildUser());
      const older = await buildApiKey(test, user, { name: 'Older' });
      test.clock.advance(1_000);
      const newer = await buildApiKey(test, user, { name: 'Newer' });
      const revoked = await buildApiKey(test, user);
      await backdateKey(test, older, 'expires_at', 60);
      await test.as(user).delete(`/api-keys/${revoked.id}`).expect(204);
      const response = await test.as(user).get('/api-keys').expect(200);
      expect(response.body.data.map(({ id }: { id: string }) => id)).toEqual([newer.id, older.id]);
      const { key, ...known } = newer;
      expect(response.body.data[0]).toEqual(known);
      expect(response.text).not.toContain(key.split('_')[2]);
      expect(response.get('Cache-Control')).toBe('no-store');
    });

    it('200 with an empty list', async () => {
      const response = await test
        .as(await test.buildUser())
        .get('/api-keys')
        .expect(200);
      expect(response.body).toEqual({ status: 'success', data: [] });
    });

    it('401 without an access token', async () => {
      expectError(await test.http.get('/api-keys'), 401, 'UNAUTHENTICATED');
    });

    it('403 for an API key', async () => {
      const key = await buildApiKey(test, await test.buildUser());
      expectError(await withKey(test, key).get('/api-keys'), 403, 'FORBIDDEN');
    });
  });

  describe('GET /api-keys/:id', () => {
    it('200 with the key and its version, and 304 for a client that has it', async () => {
      const user = await test.buildUser();
      const { key: _key, ...known } = await buildApiKey(test, user);
      const response = await test.as(user).get(`/api-keys/${known.id}`).expect(200);
      expect(response.body).toEqual({ status: 'success', data: known });
      expect(response.get('ETag')).toBe('"v1"');
      await test.as(user).get(`/api-keys/${known.id}`).set('If-None-Match', '"v1"').expect(304);
    });

    it('400 for an id that is not a UUID', async () => {
      const response = await test.as(await test.buildUser()).get('/api-keys/12');
      expectError(response, 400, 'VALIDATION_ERROR');
      expect(issuesOf(response)).toEqual(['params id string.guid']);
    });

    it('401 without an access token', async () => {
      expectError(await test.http.get(`/api-keys/${nowhere}`), 401, 'UNAUTHENTICATED');
    });

    it('403 for an API key, even for itself', async () => {
      const key = await buildApiKey(test, await test.buildUser());
      expectError(await withKey(test, key).get(`/api-keys/${key.id}`), 403, 'FORBIDDEN');
    });

    it('404 for a key of another user, also for an admin, and for a revoked or unknown one', async () => {
      const user = await test.buildUser();
      const { id } = await buildApiKey(test, user);
      const theirs = await test.as(await test.buildUser({ roles: ['admin'] })).get(`/api-keys/${id}`);
      await test.as(user).delete(`/api-keys/${id}`).expect(204);
      const revoked = await test.as(user).get(`/api-keys/${id}`);
      const none = await test.as(user).get(`/api-keys/${nowhere}`);
      for (const response of [theirs, revoked, none]) {
        expectError(response, 404, 'API_KEYS_NOT_FOUND');
        expect({ ...response.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
      }
    });
  });
});
