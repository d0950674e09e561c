import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

describe('the allowed addresses of an API key', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp({ settings: { TRUST_PROXY: '1' } });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const allow = async (...allowedAddresses: string[]) =>
    buildApiKey(test, (user = await test.buildUser()), { allowedAddresses });
  const from = (app: TestApp, key: { key: string }, ip: string) =>
    withKey(app, key).get('/users/me').set('X-Forwarded-For', ip);

  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['203.0.113.0/24', '203.0.113.255', '203.0.114.0'],
    ['203.0.113.99/24', '203.0.113.1', '203.0.112.255'],
    ['10.0.0.0/31', '10.0.0.1', '10.0.0.2'],
    ['0.0.0.0/0', '198.51.100.1', '2001:db8::1'],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', '2001:db8::2'],
    ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::'],
    ['2001:db8::/33', '2001:db8:7fff::1', '2001:db8:8000::1'],
    ['::/0', '2001:db8::1', '198.51.100.1'],
    ['203.0.113.7', '::ffff:203.0.113.7', '::ffff:203.0.113.8'],
    ['203.0.113.0/24', '::ffff:cb00:7105', '::ffff:cb00:7205'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['::ffff:203.0.113.0/120', '203.0.113.200', '203.0.114.1'],
    ['203.0.113.7', '203.0.113.7:50001', '203.0.113.8:50001'],
    ['2001:db8::/32', '[2001:db8::1]:443', '[2001:db9::1]:443'],
    ['fe80::1', 'fe80::1%eth0', 'fe80::2%eth0'],
    ['127.0.0.1', 'unknown', '127.0.0.2'],
  ])('with %s allow %s and reject %s', async (allowed, inside, outside) => {
    const key = await allow(allowed);
    await from(test, key, inside).expect(200);
    expectError(await from(test, key, outside), 403, 'API_KEYS_ADDRESS_REFUSED');
  });

  it('match any of several entries, and everything if the list is empty', async () => {
    const key = await allow('203.0.113.7', '2001:db8::/32');
    await from(test, key, '2001:db8::9').expect(200);
    await from(test, key, '203.0.113.7').expect(200);
    await from(test, key, '203.0.113.9').expect(403);
    const anywhere = await allow();
    await from(test, anywhere, '203.0.113.9').expect(200);
  });

  it('are compared with the address from the nearest trusted proxy, not with entries added by the client', async () => {
    const key = await allow('203.0.113.7');
    await from(test, key, '198.51.100.1, 203.0.113.7').expect(200);
    await from(test, key, '203.0.113.7, 198.51.100.1').expect(403);
    await from(test, key, 'nonsense').expect(403);
  });

  it('are compared with the connection if no proxy is trusted, ignoring X-Forwarded-For', async () => {
    const [key, local] = [await allow('203.0.113.7'), await allow('127.0.0.0/8')];
    await withTestApp({ modules: modulesWithThings, databaseUrl: test.databaseUrl }, async (direct) => {
      expectError(await from(direct, key, '203.0.113.7'), 403, 'API_KEYS_ADDRESS_REFUSED');
      await from(direct, local, '203.0.113.7').expect(200);
    });
  });

  it('apply immediately in every process after a change', async () => {
    const key = await allow('203.0.113.7');
    await withTestApp(
      { modules: modulesWithThings, databaseUrl: test.databaseUrl, settings: { TRUST_PROXY: '1' } },
      async (elsewhere) => {
        await from(elsewhere, key, '203.0.113.7').expect(200);
        const changed = { allowedAddresses: ['198.51.100.0/24'] };
        await test.as(user).patch(`/api-keys/${key.id}`).send(changed).expect(200);
        await from(elsewhere, key, '203.0.113.7').expect(403);
        await from(elsewhere, key, '198.51.100.1').expect(200);
      },
    );
  });

  it('are not revealed to a client without the full key', async () => {
    const { prefix } = await allow('203.0.113.7');
    const key = `strata_${prefix}_${'0'.repeat(64)}`;
    expectError(await from(test, { key }, '203.0.113.9'), 401, 'UNAUTHENTICATED');
  });

  it('do not use quota for rejected requests', async () => {
    const key = await buildApiKey(test, user, { allowedAddresses: ['203.0.113.7'], quotaPerMinute: 1 });
    for (let count = 0; count < 3; count += 1) {
      const refused = await from(test, key, '203.0.113.9').expect(403);
      expect(refused.get('RateLimit')).toBeUndefined();
    }
    await from(test, key, '203.0.113.7').expect(200);
    await from(test, key, '203.0.113.7').expect(429);
  });
});
