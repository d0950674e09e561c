import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const dayMs = 86_400_000;

describe('POST /api-keys', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  afterAll(() => test.close());

  const wanted = { name: 'Nightly import', scopes: ['loans:place'] };
  const inDays = (days: number) => new Date(test.clock.now().getTime() + days * dayMs).toISOString();

  it('201 with the key, returned only once, and the defaults', async () => {
    const user = await test.buildUser();
    const response = await test.as(user).post('/api-keys').send(wanted).expect(201);
    const { data } = response.body;
    expect(data).toMatchObject({
      ...wanted,
      id: expect.any(String),
      prefix: expect.stringMatching(/^[0-9a-f]{16}$/),
      key: expect.stringMatching(new RegExp(`^strata_${data.prefix}_[0-9a-f]{64}$`)),
      allowedAddresses: [],
      quotaPerMinute: 60,
      quotaPerDay: 10_000,
      expiresAt: inDays(90),
      lastUsedAt: null,
      lastUsedIp: null,
      createdAt: test.clock.now().toISOString(),
      rotatedUntil: null,
      version: 1,
    });
    expect(response.get('Location')).toBe(`/api/v1/api-keys/${data.id}`);
    expect(response.get('Cache-Control')).toBe('no-store');
    const { key, ...known } = data;
    const read = await test.as(user).get(`/api-keys/${data.id}`).expect(200);
    expect(read.body.data).toEqual(known);
    expect(read.text).not.toContain(key.split('_')[2]);
  });

  it('201 with the requested values, and normalized addresses', async () => {
    const asked = {
      ...wanted,
      allowedAddresses: [
        '10.1.2.3/8',
        '10.0.0.0/8',
        '2001:DB8:0:0::1/32',
        '::ffff:203.0.113.7',
        '203.0.113.7:443',
        '[2001:db8::1]:443',
        'fe80::1%eth0',
        '0.0.0.0/0',
      ],
      quotaPerMinute: 10_000,
      quotaPerDay: 1,
      expiresAt: inDays(365),
    };
    const response = await test
      .as(await test.buildUser())
      .post('/api-keys')
      .send(asked)
      .expect(201);
    expect(response.body.data).toMatchObject({
      ...asked,
      allowedAddresses: ['10.0.0.0/8', '2001:db8::/32', '203.0.113.7', '2001:db8::1', 'fe80::1', '0.0.0.0/0'],
    });
  });

  it('stores only the SHA-256 hash of the secret', async () => {
    const { id, key } = await buildApiKey(test, await test.buildUser());
    const secret = key.split('_')[2]!;
    const [row] = await test.db.query<Record<string, unknown>>('SELECT * FROM api_keys WHERE id = $1', [id]);
    expect(row!['secret_hash']).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it.each<[string, object, string]>([
    ['no name', { name: undefined }, 'body name any.required'],
    ['a blank name', { name: ' ' }, 'body name string.pattern.base'],
    ['no scope', { scopes: [] }, 'body scopes array.min'],
    ['a scope twice', { scopes: ['loans:place', 'loans:place'] }, 'body scopes.1 array.unique'],
    ['what is no scope', { scopes: ['Everything!'] }, 'body scopes.0 string.pattern.base'],
    ['no quota', { quotaPerMinute: 0 }, 'body quotaPerMinute number.min'],
    ['a quota beyond all bounds', { quotaPerMinute: 10_001 }, 'body quotaPerMinute number.max'],
    ['no quota for the day', { quotaPerDay: 0 }, 'body quotaPerDay number.min'],
    ['51 addresses', { allowedAddresses: Array.from({ length: 51 }, (_, n) => `10.0.0.${n}`) }, 'body allowedAddresses array.max'],
    ['no moment', { expiresAt: 'tomorrow' }, 'body expiresAt string.pattern.base'],
    ['a day without a time', { expiresAt: '2027-01-01' }, 'body expiresAt string.pattern.base'],
    ['a time without a zone', { expiresAt: '2027-01-01T00:00:00' }, 'body expiresAt string.pattern.base'],
    ['a user', { userId: 'x' }, 'body userId object.unknown'],
    ['an organization', { organizationId: 'x' }, 'body organizationId object.unknown'],
  ])('400 for %s', async (_what, body, issue) => {
    const user = await test.buildUser();
    const response = await test.as(user).post('/api-keys').send({ ...wanted, ...body });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  }); // prettier-ignore

  it.each([
    ['a name', 'office.example.com', 'string.pattern.base'],
    ['a port alone', ':443', 'address.invalid'],
    ['a network with a port', '203.0.113.0:443/24', 'address.invalid'],
    ['a network in brackets', '[2001:db8::]/32', 'address.invalid'],
    ['three numbers', '1.2.3', 'address.invalid'],
    ['one number', '16909060', 'address.invalid'],
    ['a leading zero', '010.1.2.3', 'address.invalid'],
    ['256', '10.0.0.256', 'address.invalid'],
    ['a zone without a name', 'fe80::1%', 'string.pattern.base'],
    ['a prefix that is too long', '10.0.0.0/33', 'address.invalid'],
    ['a prefix that is too long for IPv6', '2001:db8::/129', 'address.invalid'],
    ['a leading zero in the prefix', '10.0.0.0/08', 'string.pattern.base'],
    ['an empty prefix', '10.0.0.0/', 'string.pattern.base'],
    ['two prefixes', '10.0.0.0/8/8', 'string.pattern.base'],
    ['a netmask', '10.0.0.0/255.0.0.0', 'string.pattern.base'],
    ['a network of both families', '::ffff:0:0/95', 'address.invalid'],
  ])('400 for an address that is %s', async (_what, address, rule) => {
    const user = await test.buildUser();
    const allowedAddresses = ['203.0.113.7', address];
    const response = await test
      .as(user)
      .post('/api-keys')
      .send({ ...wanted, allowedAddresses });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([`body allowedAddresses.1 ${rule}`]);
    expect(response.text).not.toContain(address);
  });

  it.each([
    ['that is now', 0],
    ['in the past', -1],
    ['more than a year ahead', 365.1],
  ])('400 for an expiry %s', async (_what, days) => {
    const user = await test.buildUser();
    const response = await test
      .as(user)
      .post('/api-keys')
      .send({ ...wanted, expiresAt: inDays(days) });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body expiresAt date.range']);
  });

  it('400 for a date that does not exist', async () => {
    const user = await test.buildUser();
    // Choose a year in which the date would be in the future, so that only the missing day makes it invalid.
    const now = test.clock.now();
    const year = now.getUTCFullYear() + (now.getUTCMonth() > 0 ? 1 : 0);
    const response = await test
      .as(user)
      .post('/api-keys')
      .send({ ...wanted, expiresAt: `${year}-02-30T00:00:00Z` });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body expiresAt date.range']);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.post('/api-keys').send(wanted), 401, 'UNAUTHENTICATED');
  });

  it('403 with all scopes that the caller lacks, also unknown ones', async () => {
    const scopes = ['loans:place', 'loans:manage', 'moon:walk'];
    const response = await test
      .as(await test.buildUser())
      .post('/api-keys')
      .send({ ...wanted, scopes });
    expectError(response, 403, 'API_KEYS_SCOPE_NOT_HELD');
    expect(response.body.details).toEqual([{ scope: 'loans:manage' }, { scope: 'moon:walk' }]);
  });

  it('403 without a recent sign-in', async () => {
    const user = await test.buildUser();
    await test.db.query(`UPDATE sessions SET auth_time = now() - interval '11 minutes' WHERE user_id = $1`, [
      user.id,
    ]);
    const response = await test.as(user).post('/api-keys').send(wanted);
    expectError(response, 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('403 for an API key, which cannot create another', async () => {
    const key = await buildApiKey(test, await test.buildUser());
    expectError(await withKey(test, key).post('/api-keys').send(wanted), 403, 'FORBIDDEN');
  });

  it('409 beyond twenty, also for concurrent requests; revoked and expired keys do not count', async () => {
    const user = await test.buildUser();
    const first = await buildApiKey(test, user);
    for (let count = 1; count < 18; count += 1) await buildApiKey(test, user);
    const post = () => test.as(user).post('/api-keys').send(wanted);
    // Each request counts the keys before any can insert one, because this lock blocks inserts but not reads.
    const responses = await sendWhileLocked(
      test,
      'LOCK TABLE api_keys IN SHARE MODE',
      Array.from({ length: 6 }, post),
    );
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(2);
    const [refused] = responses.filter(({ status }) => status !== 201);
    expectError(refused!, 409, 'API_KEYS_TOO_MANY');
    await test.as(user).delete(`/api-keys/${first.id}`).expect(204);
    await post().expect(201);
    await post().expect(409);
    await test.db.query(
      `UPDATE api_keys SET expires_at = now() WHERE id = (SELECT id FROM api_keys WHERE user_id = $1 AND revoked_at IS NULL LIMIT 1)`,
      [user.id],
    );
    await post().expect(201);
  });
});
