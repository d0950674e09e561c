import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';

describe('the demo organization', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const seed = (module: string) => test.app.modules.instances.get(module)?.seed?.();

  it('contains the demo users in every role, and is created once', async () => {
    expect(await seed('organizations')).toBe('no organizations, because there are no demo users');
    await seed('users');
    expect(await seed('organizations')).toBe('1 organization with 3 members');
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
