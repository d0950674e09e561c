import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backdateKey, buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { buildThingsApp } from '../../helpers/things.ts';

interface Event {
  readonly type: string;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly ip: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

describe('records about API keys', () => {
  let test: TestApp;
  let root: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    root = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const eventsOf = async (user: TestUser): Promise<Event[]> => {
    const response = await test.as(root).get(`/audit-events?subjectId=${user.id}&limit=100`).expect(200);
    return (response.body.data as Event[]).filter(({ type }) => type.startsWith('api_keys.')).reverse();
  };

  it('the audit trail contains each change with its actor, and never the key', async () => {
    const user = await test.buildUser();
    const { id, key } = await buildApiKey(test, user);
    await test.as(user).patch(`/api-keys/${id}`).send({ quotaPerDay: 5, name: 'New' }).expect(200);
    await test.as(user).post(`/api-keys/${id}/rotate`).send({ overlapSeconds: 60 }).expect(200);
    await test.as(user).delete(`/api-keys/${id}`).expect(204);
    const events = await eventsOf(user);
    const own = { apiKeyId: id, organizationId: null };
    expect(events.map(({ type, details }) => ({ type, details }))).toEqual([
      { type: 'api_keys.created', details: { ...own, scopes: ['loans:place'] } },
      { type: 'api_keys.changed', details: { ...own, changed: ['quotaPerDay', 'name'] } },
      { type: 'api_keys.rotated', details: { ...own, overlapSeconds: 60 } },
      { type: 'api_keys.revoked', details: own },
    ]);
    for (const { actorId, subjectId } of events) expect([actorId, subjectId]).toEqual([user.id, user.id]);
    expect(JSON.stringify(events)).not.toContain(key.split('_')[2]);
  });

  it('the audit trail contains a rejected address at most once per minute', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user, { allowedAddresses: ['203.0.113.7'] });
    const trying = () => Promise.all(Array.from({ length: 5 }, () => withKey(test, key).get('/users/me')));
    for (const response of await trying()) expectError(response, 403, 'API_KEYS_ADDRESS_REFUSED');
    const refusals = async () =>
      (await eventsOf(user)).filter(({ type }) => type === 'api_keys.address_refused');
    expect(await refusals()).toEqual([
      expect.objectContaining({
        actorId: null,
        ip: '127.0.0.1',
        details: { apiKeyId: key.id, organizationId: null },
      }),
    ]);
    await test.db.query(
      `UPDATE attempts SET locked_until = now(), window_started_at = now() - interval '61 seconds' WHERE subject = $1`,
      [key.id],
    );
    await trying();
    expect(await refusals()).toHaveLength(2);
  });

  it('the export contains the keys of a user without hashes, and an erasure deletes them', async () => {
    const user = await test.buildUser();
    const { key, ...known } = await buildApiKey(test, user);
    const other = await buildApiKey(test, await test.buildUser());
    const response = await test.as(user).get('/users/me/export').expect(200);
    expect(response.body.data['api-keys']).toEqual([known]);
    expect(response.text).not.toContain(key.split('_')[2]);
    const stored = await test.db.query<{ secret_hash: string }>(
      'SELECT secret_hash FROM api_keys WHERE user_id = $1',
      [user.id],
    );
    expect(response.text).not.toContain(stored[0]!.secret_hash);
    await test.as(user).delete('/users/me').send({ password: user.password }).expect(204);
    expect(await test.db.query('SELECT 1 FROM api_keys WHERE user_id = $1', [user.id])).toEqual([]);
    await withKey(test, { key }).get('/users/me').expect(401);
    await withKey(test, other).get('/users/me').expect(200);
  });

  it('housekeeping deletes keys that ended 30 days ago and expired counters, in batches', async () => {
    const user = await test.buildUser();
    const [live, expired, revoked, longRevoked, longExpired] = [
      await buildApiKey(test, user),
      await buildApiKey(test, user),
      await buildApiKey(test, user),
      await buildApiKey(test, user),
      await buildApiKey(test, user),
    ];
    for (const key of [live, longExpired]) await withKey(test, key).get('/users/me').expect(200);
    for (const { id } of [revoked, longRevoked]) await test.as(user).delete(`/api-keys/${id}`).expect(204);
    const day = 86_400;
    await backdateKey(test, expired, 'expires_at', 29 * day);
    await backdateKey(test, longExpired, 'expires_at', 31 * day);
    await backdateKey(test, longRevoked, 'expires_at', 31 * day);
    await test.db.query(
      `UPDATE api_key_usage SET window_started_at = now() - interval '25 hours' WHERE key_id = $1`,
      [longExpired.id],
    );
    const { purge } = test.app.modules.instances.get('api-keys')!;
    const rounds: number[] = [];
    do rounds.push(await purge!(3));
    while (rounds.at(-1) === 3);
    expect(rounds).toEqual([3, 1]);
    const keys = await test.db.query<{ id: string }>('SELECT id FROM api_keys WHERE user_id = $1', [user.id]);
    expect(keys.map(({ id }) => id).sort()).toEqual([live.id, expired.id, revoked.id].sort());
    const counters = await test.db.query('SELECT 1 FROM api_key_usage WHERE key_id = ANY ($1)', [
      [live.id, longExpired.id],
    ]);
    expect(counters).toHaveLength(2);
  });

  it('a revoked key is purged 30 days after the revocation', async () => {
    const user = await test.buildUser();
    const { id } = await buildApiKey(test, user);
    await test.as(user).delete(`/api-keys/${id}`).expect(204);
    const [row] = await test.db.query<{ same: boolean }>(
      'SELECT expires_at = revoked_at AS same FROM api_keys WHERE id = $1',
      [id],
    );
    expect(row?.same).toBe(true);
  });
});
