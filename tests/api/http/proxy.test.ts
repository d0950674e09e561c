import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { until } from '../../helpers/until.ts';

describe('TRUST_PROXY', () => {
  const apps = new Map<string, TestApp>();
  let first: TestApp;

  beforeAll(async () => {
    first = await buildTestApp();
    apps.set('', first);
  });
  afterAll(async () => {
    for (const app of [...apps.values()].reverse()) await app.close();
  });

  const appWith = async (trustProxy: string): Promise<TestApp> => {
    const found = apps.get(trustProxy);
    if (found !== undefined) return found;
    const { databaseUrl } = first;
    const made = await buildTestApp({ databaseUrl, settings: { TRUST_PROXY: trustProxy } });
    apps.set(trustProxy, made);
    return made;
  };

  /** Returns the address in the log for a request from 127.0.0.1 with this X-Forwarded-For. */
  const addressOf = async (trustProxy: string, forwardedFor: string): Promise<unknown> => {
    const { http, logger } = await appWith(trustProxy);
    logger.lines.length = 0;
    await http.get('//nowhere').set('X-Forwarded-For', forwardedFor).expect(404);
    // Wait for the log line, because the response may arrive before the line is logged.
    const find = () => logger.lines.find(({ message }) => message === 'request');
    await until('the request is logged', () => find() !== undefined);
    return find()?.fields['ip'];
  };

  it.each([
    ['', '1.1.1.1', '127.0.0.1'],
    ['0', '1.1.1.1', '127.0.0.1'],
    ['1', '2.2.2.2', '2.2.2.2'],
    ['1', '1.1.1.1, 2.2.2.2', '2.2.2.2'],
    ['1', '6.6.6.6, 1.1.1.1, 2.2.2.2', '2.2.2.2'],
    ['2', '6.6.6.6, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    ['2', '2.2.2.2', '2.2.2.2'],
    ['loopback', '6.6.6.6, 1.1.1.1', '1.1.1.1'],
    ['127.0.0.1/32,2.2.2.0/24', '6.6.6.6, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    ['10.0.0.0/8', '1.1.1.1', '127.0.0.1'],
    ['1', '203.0.113.7:50001', '203.0.113.7'],
    ['1', '198.51.100.1, 203.0.113.7:50001', '203.0.113.7'],
    ['1', '[2001:db8::1]:443', '2001:db8::1'],
    ['1', '[2001:DB8:0:0::1]', '2001:db8::1'],
    ['1', '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['1', 'fe80::1%eth0', 'fe80::1'],
    ['1', '[fe80::1%eth0]:443', 'fe80::1'],
    ['1', '::ffff:203.0.113.7', '203.0.113.7'],
    ['1', '[::ffff:cb00:7107]:50001', '203.0.113.7'],
    ['1', '1.1.1.1,, \t203.0.113.7\t ,', '203.0.113.7'],
    ['1', 'unknown', '127.0.0.1'],
    ['1', '_hidden', '127.0.0.1'],
    ['1', '203.0.113.7, unknown', '127.0.0.1'],
    ['1', '127.1', '127.0.0.1'],
    ['1', '2130706434', '127.0.0.1'],
    ['1', '0x7f.0.0.2', '127.0.0.1'],
    ['1', '010.0.0.2', '127.0.0.1'],
    ['1', '203.0.113.7:http', '127.0.0.1'],
    ['1', '203.0.113.0/24', '127.0.0.1'],
    ['1', '<script>', '127.0.0.1'],
    ['1', ' , ,', '127.0.0.1'],
    ['2', 'unknown, 2.2.2.2', '127.0.0.1'],
    ['2', '203.0.113.7:1, 2.2.2.2:2', '203.0.113.7'],
    ['loopback,2.2.2.0/24', '203.0.113.7:1, 2.2.2.2:2', '203.0.113.7'],
    ['loopback,2001:db8::/32', '203.0.113.7:1, [2001:db8::2]:2', '203.0.113.7'],
    ['loopback,2.2.2.0/24', '203.0.113.7, ::ffff:2.2.2.2', '203.0.113.7'],
    ['::ffff:127.0.0.0/104', '203.0.113.7', '203.0.113.7'],
    ['linklocal,loopback', '203.0.113.7, fe80::2%eth0', '203.0.113.7'],
  ])('%j with X-Forwarded-For %j: %s', async (trustProxy, forwardedFor, ip) => {
    expect(await addressOf(trustProxy, forwardedFor)).toBe(ip);
  });
});

describe('a client behind a proxy that adds ports', () => {
  it('counts as one address, as does an IPv6 network of 56 bits', async () => {
    const test = await buildTestApp({ settings: { TRUST_PROXY: '1', RATE_LIMIT_GLOBAL_PER_MINUTE: '2' } });
    const from = (ip: string) => test.http.get('/nowhere').set('X-Forwarded-For', ip);
    await from('203.0.113.7:50001').expect(404);
    await from('::ffff:203.0.113.7').expect(404);
    await from('203.0.113.7:50003').expect(429);
    await from('[2001:db8:0:1::1]:50001').expect(404);
    await from('2001:db8:0:2::1%eth0').expect(404);
    await from('[2001:db8:0:ff::1]:50003').expect(429);
    await from('unknown').expect(404);
    await from('_hidden').expect(404);
    await from('garbage').expect(429);
    await test.close();
  });

  it('has the same address in its session and in the audit trail', async () => {
    const test = await buildTestApp({ settings: { TRUST_PROXY: '1' } });
    const { email, password } = await test.buildUser();
    await test.http
      .post('/auth/login')
      .set('X-Forwarded-For', '[::ffff:203.0.113.7]:50001')
      .send({ email, password })
      .expect(200);
    const sessions = await test.db.query<{ ip: string }>(
      'SELECT ip FROM sessions ORDER BY created_at DESC LIMIT 1',
    );
    expect(sessions).toEqual([{ ip: '203.0.113.7' }]);
    const events = await test.db.query<{ ip: string }>(
      `SELECT ip FROM audit_events WHERE type = 'auth.signed_in' ORDER BY occurred_at DESC LIMIT 1`,
    );
    expect(events).toEqual([{ ip: '203.0.113.7' }]);
    await test.close();
  });
});
