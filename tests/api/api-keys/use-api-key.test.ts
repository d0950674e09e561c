import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backdateKey, buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { buildThing, buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

describe('a request with an API key', () => {
  let test: TestApp;
  let root: TestUser;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    root = await test.buildUser({ roles: ['admin'] });
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const thing = { sku: 'MADE-BY-KEY', name: 'Lamp', priceMinor: 1, currency: 'EUR' };
  const give = (id: string, body: object) => test.as(root).patch(`/users/${id}`).send(body).expect(200);

  it('may do what its scopes allow', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    const { id: thingId } = await buildThing(test, manager);
    const placed = await withKey(test, key)
      .post('/loans')
      .set('Idempotency-Key', idempotencyKey())
      .send({ items: [{ thingId, quantity: 1 }] })
      .expect(201);
    const { id, ownerId } = placed.body.data;
    expect(ownerId).toBe(user.id);
    await withKey(test, key).get('/loans').expect(200);
    await withKey(test, key).get(`/loans/${id}`).expect(200);
    await withKey(test, key).post(`/loans/${id}/cancel`).expect(200);
    const me = await withKey(test, key).get('/users/me').expect(200);
    expect(me.body.data.id).toBe(user.id);
  });

  it('may not do what only its user is allowed to', async () => {
    const key = await buildApiKey(test, manager, { scopes: ['loans:place'] });
    expectError(await withKey(test, key).post('/things').send(thing), 403, 'FORBIDDEN');
    // Reading a loan of another user needs a permission that the controller checks. Without it, the key gets 404.
    const customer = await test.buildUser();
    const items = [{ thingId: (await buildThing(test, manager)).id, quantity: 1 }];
    const made = await test
      .as(customer)
      .post('/loans')
      .set('Idempotency-Key', idempotencyKey())
      .send({ items })
      .expect(201);
    const { id } = made.body.data;
    await test.as(manager).get(`/loans/${id}`).expect(200);
    expectError(await withKey(test, key).get(`/loans/${id}`), 404, 'LOANS_NOT_FOUND');
  });

  it('may not do what its user is no longer allowed to, immediately in every process', async () => {
    const user = await test.buildUser({ roles: ['manager'] });
    const key = await buildApiKey(test, user, { scopes: ['loans:manage', 'loans:place'] });
    const nowhere = '/loans/0195f2d0-0000-7000-8000-000000000000/extend';
    await withTestApp({ modules: modulesWithThings, databaseUrl: test.databaseUrl }, async (elsewhere) => {
      await withKey(elsewhere, key).post(nowhere).expect(404);
      await give(user.id, { roles: ['user'] });
      for (const app of [test, elsewhere]) {
        expectError(await withKey(app, key).post(nowhere), 403, 'FORBIDDEN');
        await withKey(app, key).get('/users/me').expect(200);
      }
      await give(user.id, { roles: ['manager'] });
      await withKey(elsewhere, key).post(nowhere).expect(404);
    });
  });

  const endings: [string, (user: TestUser, keyId: string) => Promise<unknown>][] = [
    ['the user is disabled', ({ id }) => give(id, { status: 'disabled' })],
    ['the user is erased', ({ id }) => test.as(root).delete(`/users/${id}`).expect(204)],
    ['it is revoked', (user, keyId) => test.as(user).delete(`/api-keys/${keyId}`).expect(204)],
  ];

  it.each(endings)('is rejected immediately, in every process, if %s', async (_what, end) => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    await withTestApp({ modules: modulesWithThings, databaseUrl: test.databaseUrl }, async (elsewhere) => {
      await withKey(elsewhere, key).get('/users/me').expect(200);
      await end(user, key.id);
      for (const app of [elsewhere, test]) {
        expectError(await withKey(app, key).get('/users/me'), 401, 'UNAUTHENTICATED');
      }
    });
  });

  it('is rejected after the key has expired', async () => {
    const key = await buildApiKey(test, await test.buildUser());
    await withKey(test, key).get('/users/me').expect(200);
    await backdateKey(test, key, 'expires_at', 0);
    const response = await withKey(test, key).get('/users/me');
    expectError(response, 401, 'UNAUTHENTICATED');
    expect(response.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('is rejected with anything but the full key', async () => {
    const { key, prefix } = await buildApiKey(test, await test.buildUser());
    const other = await buildApiKey(test, await test.buildUser());
    const lastBitOff = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
    const wrong = [
      lastBitOff,
      key.slice(0, -1),
      `${key}0`,
      key.toUpperCase(),
      `strata_${prefix}_${other.key.split('_')[2]}`,
      `strata_${prefix}_${'0'.repeat(64)}`,
      `strata_${'0'.repeat(16)}_${key.split('_')[2]}`,
      prefix,
    ];
    for (const accessToken of wrong) await test.as({ accessToken }).get('/users/me').expect(401);
    await test.as({ accessToken: key }).get('/users/me').expect(200);
  });

  it('never counts as a recent sign-in, even with a new key', async () => {
    const key = await buildApiKey(test, root, { scopes: ['users:manage'] });
    const recent = test.app.modules.routes.filter(
      ({ route }) => route.requireRecentSignIn === true && typeof route.access === 'object',
    );
    for (const { path, route } of recent) {
      const response = await withKey(test, key)[route.method](`/${path.replace(/:\w+/g, root.id)}`);
      expect([path, response.status]).toEqual([path, 403]);
    }
    const principal = await Promise.all(
      test.app.modules.authenticators.map((known) =>
        known.authenticate(key.key, { isFresh: true, ip: '127.0.0.1' }),
      ),
    );
    expect(principal.flatMap((found) => found?.authenticatedAt ?? [])).toEqual([new Date(0)]);
  });

  it('is anonymous on public routes', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user, { allowedAddresses: ['203.0.113.7'] });
    const { email, password } = user;
    await withKey(test, key).post('/auth/login').send({ email, password }).expect(200);
    await withKey(test, key).get('/things').expect(200);
    await withKey(test, key).post('/auth/logout').expect(204);
    await test.as(user).get('/users/me').expect(200);
  });

  it('records the time and address of the last use, at most once per minute', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    const lastUse = async () => {
      const { body } = await test.as(user).get(`/api-keys/${key.id}`).expect(200);
      const { lastUsedAt, lastUsedIp, version } = body.data;
      return { lastUsedAt, lastUsedIp, version };
    };
    await withKey(test, key).get('/users/me').expect(200);
    const first = await lastUse();
    expect(first).toEqual({ lastUsedAt: expect.any(String), lastUsedIp: '127.0.0.1', version: 1 });
    await withKey(test, key).get('/users/me').expect(200);
    expect(await lastUse()).toEqual(first);
    await backdateKey(test, key, 'last_used_at', 61);
    const aged = await lastUse();
    await withKey(test, key).get('/users/me').expect(200);
    expect((await lastUse()).lastUsedAt > aged.lastUsedAt).toBe(true);
  });

  it('never appears in a log line', async () => {
    const user = await test.buildUser();
    const { key, id } = await buildApiKey(test, user);
    await test.as({ accessToken: key }).get('/users/me').expect(200);
    await test.as({ accessToken: key }).post('/api-keys').send({}).expect(403);
    await test
      .as({ accessToken: `${key}x` })
      .get(`/users/me?key=x`)
      .expect(401);
    const rotated = await test.as(user).post(`/api-keys/${id}/rotate`).send({}).expect(200);
    const logged = JSON.stringify(test.logger.lines);
    expect(logged).toContain('/api/v1/users/me');
    for (const text of [key, rotated.body.data.key]) expect(logged).not.toContain(text.split('_')[2]);
  });
});

describe('an API key for a role that requires a second factor', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp({ settings: { MFA_REQUIRED_ROLES: 'manager' } });
  });
  afterAll(() => test.close());

  const extend = '/loans/0195f2d0-0000-7000-8000-000000000000/extend';
  const setMfa = (user: TestUser, hasMfa: boolean) =>
    test.db.query('UPDATE sessions SET has_mfa = $2 WHERE user_id = $1', [user.id, hasMfa]);

  it('does not get that role from a session without one', async () => {
    const user = await test.buildUser({ roles: ['user', 'manager'] });
    const body = { name: 'Key', scopes: ['loans:manage'] };
    expectError(await test.as(user).post('/api-keys').send(body), 403, 'API_KEYS_SCOPE_NOT_HELD');
    const key = await buildApiKey(test, user, { scopes: ['loans:place'] });
    // Give the key a scope that its user's role no longer contains.
    await test.db.query(`UPDATE api_keys SET scopes = '{loans:manage}' WHERE id = $1`, [key.id]);
    expectError(await withKey(test, key).post(extend), 403, 'FORBIDDEN');
    // The user gets another error than the key: it says that enabling the second factor helps.
    expectError(await test.as(user).post(extend), 403, 'AUTH_MFA_REQUIRED');
  });

  it('keeps the rights of a session with one', async () => {
    const user = await test.buildUser({ roles: ['user', 'manager'] });
    await setMfa(user, true);
    const key = await buildApiKey(test, user, { scopes: ['loans:manage'] });
    await setMfa(user, false);
    await withKey(test, key).post(extend).expect(404);
  });
});
