import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { BoundRoute } from '../../src/http/route.ts';
import { modules } from '../../src/modules.ts';
// #region api-keys
import { buildApiKey, withKey } from '../helpers/api-keys.ts';
// #endregion
import { buildTestApp, type TestApp, type TestUser } from '../helpers/app.ts';
import { describeApp, nameOf } from './routes.ts';

const { routes, roleTable } = describeApp().modules;

const rows = (bounds: readonly BoundRoute[]) => bounds.map((bound) => [nameOf(bound), bound] as const);
const isOpen = ({ route }: BoundRoute) => route.access === 'public' || route.access === 'optional';
const permissionOf = ({ route }: BoundRoute) =>
  typeof route.access === 'object' ? route.access.permission : undefined;

/** Sends a request with random ids in the path and no input to a route. */
const call = (requests: TestApp['http'], { path, route }: BoundRoute) =>
  requests[route.method](`/${path.replace(/:\w+/g, randomUUID())}`);

/** Maps each permission that no route requires to the reason: a controller checks the permission. */
const checkedInController: Record<string, string> = {
  // #region orders
  'orders:read-any': 'GET /orders and GET /orders/:id show the orders of all users to a caller who has it',
  // #endregion
};

describe('access to each route', () => {
  let test: TestApp;
  let roleless: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    roleless = await test.buildUser({ roles: [] });
  });
  afterAll(() => test.close());

  it.each(rows(routes.filter((bound) => !isOpen(bound))))('%s: 401 without a token', async (_name, bound) => {
    const response = await call(test.http, bound);
    expect(response.status).toBe(401);
    expect(response.body).toMatchObject({ status: 'error', code: 'UNAUTHENTICATED' });
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it.each(rows(routes.filter((bound) => !isOpen(bound))))(
    '%s: 401 for an invalid token',
    async (_n, bound) => {
      const response = await call(test.as({ accessToken: 'made.up.token' }), bound);
      expect(response.status).toBe(401);
      expect(response.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    },
  );

  it.each(rows(routes.filter(isOpen)))('%s: ignores an invalid token', async (_name, bound) => {
    const anonymous = await call(test.http, bound);
    const invalid = await call(test.as({ accessToken: 'made.up.token' }), bound);
    expect(anonymous.body.code).not.toBe('UNAUTHENTICATED');
    expect(invalid.status).toBe(anonymous.status);
    expect(invalid.body.code).toBe(anonymous.body.code);
  });

  it.each(rows(routes.filter((bound) => permissionOf(bound) !== undefined)))(
    '%s: 403 for a caller without the permission',
    async (_name, bound) => {
      const response = await call(test.as(roleless), bound);
      expect(response.status).toBe(403);
      expect(response.body).toMatchObject({ status: 'error', code: 'FORBIDDEN' });
      expect(response.get('WWW-Authenticate')).toBeUndefined();
    },
  );

  it.each(rows(routes.filter((bound) => !isOpen(bound))))('%s: allows an admin', async (_name, bound) => {
    // Use a new admin for each route, because some routes end the session of the caller.
    const response = await call(test.as(await test.buildUser({ roles: ['admin'] })), bound);
    expect([401, 403]).not.toContain(response.status);
    expect(response.status).toBeLessThan(500);
  });

  it.each(rows(routes.filter(({ route }) => route.access === 'authenticated')))(
    '%s: allows a signed-in user without roles',
    async (_name, bound) => {
      const user = await test.buildUser({ roles: [] });
      expect([401, 403]).not.toContain((await call(test.as(user), bound)).status);
    },
  );
});

// #region api-keys
describe('access to each route with an API key of an admin', () => {
  let test: TestApp;
  let admin: TestUser;
  let requests: TestApp['http'];

  const scopes = [...(roleTable.get('admin') ?? [])];
  const setScopes = (granted: readonly string[]) =>
    test.db.query('UPDATE api_keys SET scopes = $2 WHERE user_id = $1', [admin.id, granted]);

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
    requests = withKey(test, await buildApiKey(test, admin, { scopes, quotaPerMinute: 10_000 }));
  });
  afterAll(() => test.close());

  const isForPeople = (bound: BoundRoute) =>
    (bound.route.access === 'authenticated' && bound.route.acceptsMachineKeys !== true) ||
    (!isOpen(bound) && bound.route.requireRecentSignIn === true);
  const isForKeys = (bound: BoundRoute) =>
    !isOpen(bound) && !isForPeople(bound) && bound.route.requireMfa !== true;

  it.each(rows(routes.filter(isForPeople)))(
    '%s: 403, because it does not accept API keys',
    async (_name, bound) => {
      expect((await call(requests, bound)).status).toBe(403);
    },
  );

  it('has at least one route that accepts API keys', () => {
    expect(routes.filter(isForKeys).map(nameOf)).toContain('GET /api/v1/users/me');
  });

  it.each(rows(routes.filter(isForKeys)))('%s: allows the key', async (_name, bound) => {
    expect([401, 403]).not.toContain((await call(requests, bound)).status);
  });

  it.each(rows(routes.filter((bound) => permissionOf(bound) !== undefined)))(
    '%s: 403 without its permission among the scopes',
    async (_name, bound) => {
      const others = scopes.filter((scope) => scope !== permissionOf(bound));
      await setScopes(others);
      const response = await call(requests, bound);
      await setScopes(scopes);
      expect(response.status).toBe(403);
      expect(response.body.code).toBe('FORBIDDEN');
    },
  );
});
// #endregion

describe('permissions', () => {
  const declared = modules.flatMap(({ permissions }) => Object.keys(permissions));
  const used = routes.flatMap((bound) => permissionOf(bound) ?? []);

  it('are declared by one module each', () => {
    expect(declared).not.toEqual([]);
    expect(new Set(declared).size).toBe(declared.length);
  });

  it('are declared when a route needs them', () => {
    expect(used.filter((permission) => !declared.includes(permission))).toEqual([]);
  });

  it('are required by a route, or listed here with the reason', () => {
    const unused = declared.filter((permission) => !used.includes(permission));
    expect(unused).toEqual(Object.keys(checkedInController));
  });

  it('have a description and a name of the form module:verb', () => {
    for (const { permissions } of modules) {
      for (const [permission, text] of Object.entries(permissions)) {
        expect(permission).toMatch(/^[a-z]+(?:-[a-z]+)*:[a-z-]+$/);
        expect(text).toMatch(/^[A-Z]/);
      }
    }
  });

  it('are all granted to admins', () => {
    expect([...(roleTable.get('admin') ?? [])].sort()).toEqual([...declared].sort());
  });
});
