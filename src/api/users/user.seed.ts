import type { Role } from '../../core/access.ts';
import type { Users } from './user.api.ts';

interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** The demo accounts of a development database, one for each role. */
export const demoUsers: readonly DemoUser[] = [
  { email: 'admin@example.com', password: 'demo-admin-password', name: 'Ada Admin', roles: ['admin'] },
  {
    email: 'manager@example.com',
    password: 'demo-manager-password',
    name: 'Max Manager',
    roles: ['manager'],
  },
  { email: 'user@example.com', password: 'demo-user-password', name: 'Uma User', roles: ['user'] },
];

/** Creates the missing demo accounts. Returns a one-line summary. */
export async function seedUsers(users: Users): Promise<string> {
  for (const demo of demoUsers) {
    if ((await users.findByEmail(demo.email)) === null) await users.create(demo);
  }
  return `${demoUsers.length} demo users, one for each role`;
}
