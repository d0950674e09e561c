import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { defineModule } from '../../../src/module.ts';
import { noContent } from '../../../src/http/reply.ts';
import { route } from '../../../src/http/route.ts';
import { modules } from '../../../src/modules.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';

const vaultModule = defineModule({
  name: 'vault',
  path: '/vault',
  create: () => ({
    api: {},
    routes: [
      route({
        method: 'get',
        path: '/',
        summary: 'Open the vault',
        access: 'authenticated',
        requireMfa: true,
        replies: { 204: null },
        handle: async () => noContent(),
      }),
    ],
  }),
});

describe('a second factor', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({
      settings: { MFA_REQUIRED_ROLES: 'admin' },
      modules: [...modules, vaultModule],
    });
  });
  afterAll(() => test.close());

  it('204 with and 403 without it, on a route that requires it', async () => {
    const user = await test.buildUser();
    expectError(await test.as(user).get('/vault'), 403, 'AUTH_MFA_REQUIRED');
    await test.db.query('UPDATE sessions SET has_mfa = true WHERE user_id = $1', [user.id]);
    test.clock.advance(2_000);
    await test.as(user).get('/vault').expect(204);
  });

  it('200 with and 403 without it, for a role that requires it', async () => {
    const admin = await test.buildUser({ roles: ['admin'] });
    expectError(await test.as(admin).get('/users'), 403, 'AUTH_MFA_REQUIRED');
    await test.db.query('UPDATE sessions SET has_mfa = true WHERE user_id = $1', [admin.id]);
    test.clock.advance(2_000);
    await test.as(admin).get('/users').expect(200);
  });
});
