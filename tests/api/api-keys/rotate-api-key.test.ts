import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backdateKey, buildApiKey, withKey, type TestApiKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

describe('POST /api-keys/:id/rotate', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const rotate = async (
    id: string,
    body: object = {},
  ): Promise<TestApiKey & { rotatedUntil: string | null }> => {
    const response = await test.as(user).post(`/api-keys/${id}/rotate`).send(body).expect(200);
    return response.body.data;
  };
  const statusOf = async (key: { key: string }, app = test) =>
    (await withKey(app, key).get('/users/me')).status;

  it('200 with a new secret and the same prefix; the old one is valid until the overlap ends', async () => {
    const old = await buildApiKey(test, user);
    const { key: _old, ...known } = old;
    const { key, ...rotated } = await rotate(old.id);
    expect(rotated).toEqual({ ...known, rotatedUntil: expect.any(String), version: 2 });
    expect(key).toMatch(new RegExp(`^strata_${old.prefix}_[0-9a-f]{64}$`));
    const overlapMs = new Date(rotated.rotatedUntil!).getTime() - Date.now();
    expect(overlapMs).toBeGreaterThan(86_400_000 - 60_000);
    expect(overlapMs).toBeLessThan(86_400_000 + 60_000);
    expect([await statusOf(old), await statusOf({ key })]).toEqual([200, 200]);
    await backdateKey(test, old, 'previous_expires_at', 0);
    expect([await statusOf(old), await statusOf({ key })]).toEqual([401, 200]);
  });

  it('200 without an overlap revokes the old secret immediately in every process', async () => {
    const old = await buildApiKey(test, user);
    await withTestApp({ modules: modulesWithThings, databaseUrl: test.databaseUrl }, async (elsewhere) => {
      expect(await statusOf(old, elsewhere)).toBe(200);
      const next = await rotate(old.id, { overlapSeconds: 0 });
      expect(next.rotatedUntil).toBeNull();
      expect([await statusOf(old, elsewhere), await statusOf(next, elsewhere)]).toEqual([401, 200]);
    });
  });

  it('200 for a second rotation revokes the secret before the previous one', async () => {
    const first = await buildApiKey(test, user);
    const second = await rotate(first.id, { overlapSeconds: 604_800 });
    const third = await rotate(first.id, { overlapSeconds: 60 });
    expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
    await rotate(first.id, { overlapSeconds: 0 });
    expect([await statusOf(second), await statusOf(third)]).toEqual([401, 401]);
  });

  it('does not extend a key: an old secret expires with it, and uses the same quota', async () => {
    const expiresAt = new Date(test.clock.now().getTime() + 3_600_000).toISOString();
    const old = await buildApiKey(test, user, { expiresAt, quotaPerMinute: 2 });
    const next = await rotate(old.id);
    expect(next.rotatedUntil).toBe(expiresAt);
    expect(next).toMatchObject({ expiresAt });
    expect([await statusOf(old), await statusOf(next), await statusOf(old)]).toEqual([200, 200, 429]);
    await backdateKey(test, old, 'expires_at', 0);
    expect([await statusOf(old), await statusOf(next)]).toEqual([401, 401]);
  });

  it.each<[object, string]>([
    [{ overlapSeconds: -1 }, 'body overlapSeconds number.min'],
    [{ overlapSeconds: 604_801 }, 'body overlapSeconds number.max'],
    [{ overlapSeconds: '60' }, 'body overlapSeconds number.base'],
    [{ until: 1 }, 'body until object.unknown'],
  ])('400 for %j', async (body, issue) => {
    const { id } = await buildApiKey(test, await test.buildUser());
    const response = await test.as(user).post(`/api-keys/${id}/rotate`).send(body);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  });

  it('401 without an access token', async () => {
    const { id } = await buildApiKey(test, user);
    expectError(await test.http.post(`/api-keys/${id}/rotate`).send({}), 401, 'UNAUTHENTICATED');
  });

  it('403 for an API key: a stolen one cannot lock its owner out', async () => {
    const key = await buildApiKey(test, user);
    expectError(await withKey(test, key).post(`/api-keys/${key.id}/rotate`).send({}), 403, 'FORBIDDEN');
    expect(await statusOf(key)).toBe(200);
  });

  it('403 without a recent sign-in', async () => {
    const other = await test.buildUser();
    const { id } = await buildApiKey(test, other);
    await test.db.query(`UPDATE sessions SET auth_time = now() - interval '11 minutes' WHERE user_id = $1`, [
      other.id,
    ]);
    const response = await test.as(other).post(`/api-keys/${id}/rotate`).send({});
    expectError(response, 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('404 for a key of another user, which stays valid', async () => {
    const key = await buildApiKey(test, user);
    const stranger = await test.buildUser();
    const response = await test.as(stranger).post(`/api-keys/${key.id}/rotate`).send({ overlapSeconds: 0 });
    expectError(response, 404, 'API_KEYS_NOT_FOUND');
    expect(await statusOf(key)).toBe(200);
  });

  it('409 for an expired key', async () => {
    const key = await buildApiKey(test, user);
    await backdateKey(test, key, 'expires_at', 0);
    const response = await test.as(user).post(`/api-keys/${key.id}/rotate`).send({});
    expectError(response, 409, 'API_KEYS_EXPIRED');
  });
});
