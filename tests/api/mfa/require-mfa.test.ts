import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { defineModule } from '../../../src/module.ts';
import { noContent } from '../../../src/http/reply.ts';
import { route } from '../../../src/http/route.ts';
import { modules } from '../../../src/modules.ts';
import { cookieOf, type TestApp, type TestUser } from '../../helpers/app.ts';
import { sessionIdOf } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  buildMfaUser,
  totpCode,
  startMfaLogin,
  withFreshTokens,
  enableMfa,
  verifyMfa,
  type MfaUser,
} from '../../helpers/mfa.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const demanding = defineModule({
  name: 'demanding',
  path: '/demanding',
  permissions: { 'demanding:use': 'Use what asks for more than a password' },
  grants: { admin: ['demanding:use'] },
  create: () => {
    const own = route.with({ access: 'authenticated' });
    const ending = { replies: { 204: null }, handle: () => noContent() };
    return {
      api: {},
      routes: [
        own({ method: 'get', path: '/mfa', summary: 'Ask for both factors', requireMfa: true, ...ending }),
        route({
          method: 'get',
          path: '/mfa/admin',
          summary: 'Ask for both factors, and a permission',
          access: { permission: 'demanding:use' },
          requireMfa: true,
          ...ending,
        }),
        own({
          method: 'post',
          path: '/recent',
          summary: 'Ask for a recent sign-in',
          requireRecentSignIn: true,
          ...ending,
        }),
      ],
    };
  },
});

const withDemanding = [...modules, demanding];
const minute = 60_000;

/** Signs in with both factors from another device. */
async function signInWithMfa(test: TestApp, user: MfaUser): Promise<MfaUser> {
  const response = await verifyMfa(test, await startMfaLogin(test, user), totpCode(test, user)).expect(200);
  const { accessToken } = response.body.data as { accessToken: string };
  return { ...user, accessToken, cookie: cookieOf(response) };
}

describe('a route that requires a second factor', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp({ modules: withDemanding });
  });
  afterAll(() => test.close());

  const ask = (user: TestUser, path = '/demanding/mfa') => test.as(user).get(path);

  it('accepts the session that turned it on, and sessions signed in with it', async () => {
    const user = await buildMfaUser(test);
    await ask(user).expect(204);
    await ask(await signInWithMfa(test, user)).expect(204);
  });

  it('accepts the session after a refresh', async () => {
    const user = await buildMfaUser(test);
    await ask(await withFreshTokens(test, await withFreshTokens(test, user))).expect(204);
  });

  it('401 without an access token', async () => {
    await test.http.get('/demanding/mfa').expect(401);
  });

  it('403 without one, and for other sessions of the user who turns it on', async () => {
    const user = await test.buildUser();
    expectError(await ask(user), 403, 'AUTH_MFA_REQUIRED');
    const { email, password } = user;
    const login = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await ask(await enableMfa(test, user)).expect(204);
    const elsewhere = await withFreshTokens(test, { ...user, cookie: cookieOf(login) });
    expectError(await ask(elsewhere), 403, 'AUTH_MFA_REQUIRED');
  });

  it('403 immediately after it is turned off, also for a session with both factors', async () => {
    const user = await buildMfaUser(test);
    const elsewhere = await signInWithMfa(test, user);
    const body = { password: user.password, code: user.recoveryCodes[0] };
    await test.as(user).delete('/auth/mfa/totp').send(body).expect(204);
    for (const session of [user, elsewhere]) {
      await ask(session).expect(401);
      expectError(await ask(await withFreshTokens(test, session)), 403, 'AUTH_MFA_REQUIRED');
    }
  });

  it('403 for a missing permission even with both factors, and for a missing factor even with the permission', async () => {
    const path = '/demanding/mfa/admin';
    expectError(await ask(await buildMfaUser(test), path), 403, 'FORBIDDEN');
    const admin = await test.buildUser({ roles: ['admin'] });
    expectError(await ask(admin, path), 403, 'AUTH_MFA_REQUIRED');
    await ask(await enableMfa(test, admin), path).expect(204);
  });
});

describe('a role that requires a second factor', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    const settings = { MFA_REQUIRED_ROLES: 'admin' };
    test = await buildThingsApp({ settings });
    other = await buildThingsApp({ settings, databaseUrl: test.databaseUrl });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  it('grants nothing without one, except reading the account and turning it on', async () => {
    const admin = await test.buildUser({ roles: ['admin'] });
    for (const app of [test, other]) {
      expectError(await app.as(admin).get('/users'), 403, 'AUTH_MFA_REQUIRED');
      expectError(await app.as(admin).post('/things').send({}), 403, 'AUTH_MFA_REQUIRED');
      await app.as(admin).get('/users/me').expect(200);
      await app.as(admin).get('/auth/mfa').expect(200);
    }
    const withMfa = await enableMfa(test, admin);
    for (const app of [test, other]) await app.as(withMfa).get('/users').expect(200);
  });

  it('grants everything after a sign-in with both factors, and nothing after it is turned off', async () => {
    const admin = await signInWithMfa(test, await buildMfaUser(test, { roles: ['admin'] }));
    for (const app of [test, other]) await app.as(admin).get('/users').expect(200);
    const body = { password: admin.password, code: admin.recoveryCodes[0] };
    await test.as(admin).delete('/auth/mfa/totp').send(body).expect(204);
    for (const app of [test, other]) await app.as(admin).get('/users').expect(401);
    const without = await withFreshTokens(test, admin);
    for (const app of [other, test])
      expectError(await app.as(without).get('/users'), 403, 'AUTH_MFA_REQUIRED');
  });

  it('does not affect other roles, also of the same user', async () => {
    const manager = await test.buildUser({ roles: ['manager'] });
    expectError(await test.as(manager).post('/things').send({}), 400, 'VALIDATION_ERROR');
    expectError(await test.as(manager).get('/users'), 403, 'FORBIDDEN');
    const both = await test.buildUser({ roles: ['manager', 'admin'] });
    expectError(await test.as(both).post('/things').send({}), 400, 'VALIDATION_ERROR');
    expectError(await test.as(both).get('/users'), 403, 'AUTH_MFA_REQUIRED');
  });
});

describe('a route that requires a recent sign-in', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp({ modules: withDemanding });
  });
  afterAll(() => test.close());

  const ask = (user: Pick<TestUser, 'accessToken'>) => test.as(user).post('/demanding/recent');

  it('accepts a session until ten minutes after the sign-in', async () => {
    const user = await test.buildUser();
    // Keep a distance from the limit: the database's clock sets the sign-in time and may differ from the test's clock
    // by a second.
    test.clock.advance(9 * minute);
    await ask(user).expect(204);
    test.clock.advance(2 * minute);
    await test.as(user).get('/users/me').expect(200);
    expectError(await ask(user), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    test.clock.advance(-11 * minute);
  });

  it('403 later, also after a refresh, until a new sign-in, also with both factors', async () => {
    const user = await buildMfaUser(test);
    await ask(user).expect(204);
    await test.db.query(`UPDATE sessions SET auth_time = now() - interval '11 minutes' WHERE id = $1`, [
      sessionIdOf(user.cookie),
    ]);
    expectError(await ask(user), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    expectError(await ask(await withFreshTokens(test, user)), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await ask(await signInWithMfa(test, user)).expect(204);
  });
});
