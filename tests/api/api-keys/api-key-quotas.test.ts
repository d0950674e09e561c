import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey, type TestApiKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

describe('the quotas of an API key', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const use = (key: TestApiKey, app = test) => withKey(app, key).get('/users/me');
  const age = (key: TestApiKey, period: 'minute' | 'day', interval: string) =>
    test.db.query(
      `UPDATE api_key_usage SET window_started_at = now() - $3::interval WHERE key_id = $1 AND period = $2`,
      [key.id, period, interval],
    );
  const allOf = (limit: string, remaining: string) => new RegExp(`^${limit}${remaining}$`);

  it('are returned with each response, and end in 429', async () => {
    const key = await buildApiKey(test, user, { quotaPerMinute: 2, quotaPerDay: 5 });
    const partition = `pk=:${Buffer.from(key.id).toString('base64')}:`;
    for (const [minute, day] of [[1, 4], [0, 3]]) {
      const response = await use(key).expect(200);
      expect(response.get('RateLimit-Policy')).toBe(
        `"key-minute"; q=2; w=60; ${partition}, "key-day"; q=5; w=86400; ${partition}`,
      );
      expect(response.get('RateLimit')).toMatch(
        allOf(`"key-minute"; r=${minute}; t=\\d+, `, `"key-day"; r=${day}; t=\\d+`),
      );
      expect(response.get('Retry-After')).toBeUndefined();
    }
    const refused = await use(key);
    expectError(refused, 429, 'RATE_LIMITED');
    // A request that the minute quota rejects does not count for the day, so the day quota still has three requests
    // left.
    expect(refused.get('RateLimit')).toMatch(
      allOf('"key-minute"; r=0; t=\\d+, ', '"key-day"; r=3; t=\\d+'),
    );
    const wait = Number(refused.get('Retry-After'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  }); // prettier-ignore

  it('of a minute reset a minute after the first use', async () => {
    const key = await buildApiKey(test, user, { quotaPerMinute: 1 });
    await use(key).expect(200);
    await use(key).expect(429);
    await age(key, 'minute', '30 seconds');
    expect(Number((await use(key).expect(429)).get('Retry-After'))).toBeLessThanOrEqual(30);
    await age(key, 'minute', '60 seconds');
    await use(key).expect(200);
    await use(key).expect(429);
  });

  it('of a day span minutes, and reset a day after the first use', async () => {
    const key = await buildApiKey(test, user, { quotaPerDay: 2 });
    await use(key).expect(200);
    await age(key, 'minute', '2 minutes');
    await use(key).expect(200);
    await age(key, 'minute', '2 minutes');
    const refused = await use(key);
    expectError(refused, 429, 'RATE_LIMITED');
    expect(Number(refused.get('Retry-After'))).toBeGreaterThan(86_000);
    expect(refused.get('RateLimit')).toContain('"key-day"; r=0; ');
    await age(key, 'day', '24 hours');
    await use(key).expect(200);
  });

  it('count requests with a missing scope, but not invalid keys', async () => {
    const key = await buildApiKey(test, user, { quotaPerMinute: 2 });
    await withKey(test, key).get('/users').expect(403);
    await test
      .as({ accessToken: key.key.replace(/.$/, 'x') })
      .get('/users/me')
      .expect(401);
    await use(key).expect(200);
    await use(key).expect(429);
  });

  it('are counted separately for each key', async () => {
    const [one, other] = [
      await buildApiKey(test, user, { quotaPerMinute: 1 }),
      await buildApiKey(test, user, { quotaPerMinute: 1 }),
    ];
    await use(one).expect(200);
    await use(one).expect(429);
    await use(other).expect(200);
  });

  it.each([
    ['minute', { quotaPerMinute: 11 }],
    ['day', { quotaPerDay: 11 }],
  ] as const)('allow exactly the quota of the %s for 30 concurrent requests in two processes', async (_p, quota) => {
    const key = await buildApiKey(test, user, quota);
    await withTestApp({ modules: modulesWithThings, databaseUrl: test.databaseUrl }, async (elsewhere) => {
      const responses = await Promise.all(
        Array.from({ length: 30 }, (_, index) => use(key, index % 2 === 0 ? test : elsewhere)),
      );
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array(11).fill(200), ...Array(19).fill(429)]);
      await use(key, elsewhere).expect(429);
    });
  }); // prettier-ignore

  it('apply from the next request after a change', async () => {
    const key = await buildApiKey(test, user, { quotaPerMinute: 1 });
    await use(key).expect(200);
    await use(key).expect(429);
    await test.as(user).patch(`/api-keys/${key.id}`).send({ quotaPerMinute: 2 }).expect(200);
    await use(key).expect(200);
    await use(key).expect(429);
    await test.as(user).patch(`/api-keys/${key.id}`).send({ quotaPerMinute: 1 }).expect(200);
    expect((await use(key).expect(429)).get('RateLimit')).toContain('"key-minute"; r=0; ');
  });

  it('are listed together with the limit of the address', async () => {
    const key = await buildApiKey(test, user, { quotaPerMinute: 5, quotaPerDay: 9 });
    const settings = { RATE_LIMIT_GLOBAL_PER_MINUTE: '100', RATE_LIMIT_WRITES_PER_MINUTE: '50' };
    await withTestApp(
      { modules: modulesWithThings, databaseUrl: test.databaseUrl, settings },
      async (limited) => {
        const read = await use(key, limited).expect(200);
        const names = (header: string | undefined) =>
          header?.split(', ').map((member) => member.split(';')[0]);
        expect(names(read.get('RateLimit'))).toEqual(['"address"', '"key-minute"', '"key-day"']);
        expect(names(read.get('RateLimit-Policy'))).toEqual(['"address"', '"key-minute"', '"key-day"']);
        const write = await withKey(limited, key).post('/loans').send({}).expect(400);
        expect(names(write.get('RateLimit'))).toEqual(['"address"', '"key-minute"', '"key-day"', '"writes"']);
      },
    );
  });
});
