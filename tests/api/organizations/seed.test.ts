import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';

describe('the demo organization', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const seed = (module: string) => test.app.modules.instances.get(module)?.seed?.();

  it('has the demo people in every role, and is made once', async () => {
    expect(await seed('organizations')).toBe('no organizations: there is nobody to own one');
    await seed('users');
    expect(await seed('organizations')).toBe('an organization of 3 members');
    expect(await seed('organizations')).toBe('1 organizations');
    const members = await test.db.query(
      'SELECT u.email, m.role FROM memberships m JOIN users u ON u.id = m.user_id ORDER BY u.email',
    );
    expect(members).toEqual([
      { email: 'admin@example.com', role: 'owner' },
      { email: 'manager@example.com', role: 'admin' },
      { email: 'user@example.com', role: 'member' },
    ]);
  });
});
