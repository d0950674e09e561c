import { randomInt } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { cookieOf, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const redisUrl = process.env['TEST_REDIS_URL'] ?? '';
const withRedis = redisUrl === '' ? describe.skip : describe;

describe('rate limits', () => {
  let apps: TestApp[] = [];

  afterEach(async () => {
    for (const app of apps.splice(0).reverse()) await app.close();
    apps = [];
  });

  const build = async (settings: Record<string, string>, databaseUrl?: string): Promise<TestApp> => {
    const test = await buildThingsApp({ settings, ...(databaseUrl !== undefined && { databaseUrl }) });
    apps.push(test);
    return test;
  };

  const statuses = async (count: number, send: () => supertest.Test): Promise<number[]> => {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) found.push((await send()).status);
    return found;
  };

  describe('per address', () => {
    it('are sent with each response, and then 429', async () => {
      const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '5' });
      for (const remaining of [4, 3, 2, 1, 0]) {
        const response = await test.http.get('/things').expect(200);
        expect(response.get('RateLimit-Policy')).toMatch(/^"address"; q=5; w=60\b/);
        expect(response.get('RateLimit')).toMatch(new RegExp(`^"address"; r=${remaining}; t=\\d+$`));
      }
      const refused = await test.http.get('/things');
      expectError(refused, 429, 'RATE_LIMITED');
      expect(Number(refused.get('Retry-After'))).toBeGreaterThan(0);
      expect(Number(refused.get('Retry-After'))).toBeLessThanOrEqual(60);
      expect(refused.get('RateLimit')).toMatch(/^"address"; r=0; t=\d+$/);
    });

    it('count unknown paths and refused requests, but not health checks', async () => {
      const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '4' });
      await test.http.get('/nowhere').expect(404);
      await test.http.get('/loans').expect(401);
      await test.http.put('/things').expect(405);
      await test.http.post('/things').type('json').send('{').expect(400);
      await test.http.get('/things').expect(429);
      await test.http.get('//health/live').expect(200);
      await test.http.get('//health/ready').expect(200);
    });

    it.each(['//docs', '//docs/assets/swagger-ui.css', '//openapi.json', '//reset-password', '//account/page.js', '//nowhere', '//%'])(
      'cover %s',
      async (path) => {
        const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '2' });
        const found = await statuses(3, () => test.http.get(path));
        expect(found[0]).not.toBe(429);
        expect(found).toEqual([found[0], found[0], 429]);
      },
    ); // prettier-ignore

    it('send a problem document to clients that prefer one', async () => {
      const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '1' });
      await test.http.get('/things').expect(200);
      const response = await test.http.get('/things').set('Accept', 'application/problem+json').expect(429);
      expect(response.get('Content-Type')).toBe('application/problem+json');
      expect(response.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    });

    it('hold for 30 concurrent requests', async () => {
      const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '10' });
      const responses = await Promise.all(Array.from({ length: 30 }, () => test.http.get('/things')));
      expect(responses.filter(({ status }) => status === 200)).toHaveLength(10);
      expect(responses.filter(({ status }) => status === 429)).toHaveLength(20);
    });

    it('count an IPv6 network as one client', async () => {
      const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '2', TRUST_PROXY: '1' });
      const from = (ip: string) => test.http.get('/things').set('X-Forwarded-For', ip);
      await from('2001:db8:0:1::1').expect(200);
      await from('2001:db8:0:2::2').expect(200);
      await from('2001:db8:0:ff::3').expect(429);
      await from('2001:db8:0:100::4').expect(200);
      await from('203.0.113.9').expect(200);
    });

    it('do not apply if they are disabled', async () => {
      const test = await build({});
      const response = await test.http.get('/things').expect(200);
      expect(response.get('RateLimit')).toBeUndefined();
    });
  });

  describe('of sign-ins', () => {
    const wrong = (test: TestApp) => () =>
      test.http.post('/auth/login').send({ email: 'nobody@example.com', password: 'wrong password' });

    it('count failures', async () => {
      const test = await build({ RATE_LIMIT_AUTH_PER_15_MINUTES: '3' });
      expect(await statuses(4, wrong(test))).toEqual([401, 401, 401, 429]);
      const refused = await wrong(test)();
      expectError(refused, 429, 'RATE_LIMITED');
      expect(refused.get('RateLimit-Policy')).toMatch(/^"sign-in"; q=3; w=900\b/);
      expect(Number(refused.get('Retry-After'))).toBeGreaterThan(60);
      // Other routes are not limited: they still accept requests from the same address.
      await test.http.get('/things').expect(200);
    });

    it('count successful and failed registrations', async () => {
      const test = await build({ RATE_LIMIT_AUTH_PER_15_MINUTES: '3' });
      let number = 0;
      const register = () => {
        number += 1;
        const body = { email: `new${number}@example.com`, password: 'correct horse battery', name: 'New' };
        return test.http.post('/auth/register').send(number === 2 ? {} : body);
      };
      expect(await statuses(4, register)).toEqual([201, 400, 201, 429]);
    });

    it('do not count successful sign-ins and refreshes', async () => {
      const test = await build({ RATE_LIMIT_AUTH_PER_15_MINUTES: '2' });
      const { email, password } = await test.buildUser();
      const login = () => test.http.post('/auth/login').send({ email, password });
      expect(await statuses(4, login)).toEqual([200, 200, 200, 200]);
      let cookie = cookieOf(await login());
      for (let index = 0; index < 4; index += 1) {
        const response = await test.http
          .post('/auth/refresh')
          .set({ Cookie: cookie, 'X-Requested-With': 'test' })
          .expect(200);
        cookie = cookieOf(response);
      }
      expect(await statuses(3, wrong(test))).toEqual([401, 401, 429]);
    });

    it('do not count server errors, so that an outage locks nobody out', async () => {
      const test = await build({ RATE_LIMIT_AUTH_PER_15_MINUTES: '1' });
      const { email, password } = await test.buildUser();
      await test.db.query('ALTER TABLE sessions RENAME TO away');
      const failed = await statuses(3, () => test.http.post('/auth/login').send({ email, password }));
      expect(failed).toEqual([500, 500, 500]);
      await test.db.query('ALTER TABLE away RENAME TO sessions');
      await test.http.post('/auth/login').send({ email, password }).expect(200);
    });

    it('count wrong passwords for erasing an account', async () => {
      const test = await build({ RATE_LIMIT_AUTH_PER_15_MINUTES: '1' });
      const user = await test.buildUser();
      const erase = () => test.as(user).delete('/users/me').send({ password: 'wrong' });
      expect(await statuses(2, erase)).toEqual([403, 429]);
    });

    it('count wrong passwords of the documentation, but not requests without one', async () => {
      const test = await build({
        RATE_LIMIT_AUTH_PER_15_MINUTES: '3',
        DOCS_PASSWORD: 'a password for the docs',
      });
      const ask = (path: string, password?: string) =>
        password === undefined ? test.http.get(path) : test.http.get(path).auth('anyone', password);
      expect(await statuses(5, () => ask('//docs'))).toEqual([401, 401, 401, 401, 401]);
      await ask('//docs', 'a password for the docs').expect(200);
      expect(await statuses(2, () => ask('//docs', 'wrong'))).toEqual([401, 401]);
      await ask('//openapi.json', 'wrong').expect(401);
      await ask('//openapi.json', 'a password for the docs').expect(429);
      await ask('//docs', 'a password for the docs').expect(429);
      await wrong(test)().expect(429);
    });

    it('do not clear the refresh cookie with a 429', async () => {
      const test = await build({ RATE_LIMIT_AUTH_PER_15_MINUTES: '1' });
      const { cookie } = await test.buildUser();
      await wrong(test)().expect(401);
      const refused = await test.http
        .post('/auth/refresh')
        .set({ Cookie: cookie, 'X-Requested-With': 'test' })
        .expect(429);
      expect(refused.get('Set-Cookie')).toBeUndefined();
    });
  });

  describe('of writes', () => {
    it('count per user, whatever the outcome; reads do not count', async () => {
      const test = await build({ RATE_LIMIT_WRITES_PER_MINUTE: '2' });
      const one = await test.buildUser();
      const two = await test.buildUser();
      const write = () => test.as(one).patch('/users/me').send({ name: 'New' });
      const first = await write().expect(200);
      expect(first.get('RateLimit-Policy')).toMatch(/^"writes"; q=2; w=60\b/);
      await test.as(one).patch('/users/me').send({}).expect(400);
      expectError(await write(), 429, 'RATE_LIMITED');
      await test.as(one).get('/users/me').expect(200);
      await test.as(two).patch('/users/me').send({ name: 'New' }).expect(200);
      expectError(await test.http.patch('/users/me').send({ name: 'New' }), 401, 'UNAUTHENTICATED');
    });
  });

  withRedis('in Redis', () => {
    const untilReady = async (test: TestApp): Promise<void> => {
      let status = '';
      while (status !== 'ok') status = (await test.http.get('//health/ready')).body.status as string;
    };

    it('are shared by two processes', async () => {
      const settings = { RATE_LIMIT_GLOBAL_PER_MINUTE: '4', REDIS_URL: redisUrl, TRUST_PROXY: '1' };
      const one = await build(settings);
      const two = await build(settings, one.databaseUrl);
      await Promise.all([untilReady(one), untilReady(two)]);
      // Use a random address, because Redis still has the counters of earlier test runs.
      const ip = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
      const from = (test: TestApp) => test.http.get('/things').set('X-Forwarded-For', ip);
      for (const [test, remaining] of [[one, 3], [two, 2], [one, 1], [two, 0]] as const) {
        const response = await from(test).expect(200);
        expect(response.get('RateLimit')).toMatch(new RegExp(`r=${remaining};`));
      }
      await from(one).expect(429);
      await from(two).expect(429);
    }); // prettier-ignore
  });

  describe('with an unavailable Redis', () => {
    it('hold in each process, which is degraded and logs it once', async () => {
      const test = await build({ RATE_LIMIT_GLOBAL_PER_MINUTE: '3', REDIS_URL: 'redis://127.0.0.1:1' });
      expect(await statuses(4, () => test.http.get('/things'))).toEqual([200, 200, 200, 429]);
      const ready = await test.http.get('//health/ready').expect(200);
      expect(ready.body).toEqual({ status: 'degraded' });
      await test.http.get('//health/live').expect(200);
      const lines = test.logger.lines.filter(({ level }) => level === 'warn' || level === 'error');
      expect(lines).toHaveLength(1);
      expect(lines[0]?.level).toBe('warn');
    });
  });
});
