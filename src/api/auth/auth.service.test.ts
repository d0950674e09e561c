import { describe, expect, it } from '@jest/globals';
import type { PasswordHasher } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { User, Users } from '../users/index.ts';
import { AuthService } from './auth.service.ts';
import type { SessionService } from './session.service.ts';

const buildUser = (overrides: Partial<User> = {}): User => ({
  id: 'u',
  email: 'ada@example.com',
  name: 'Ada',
  passwordHash: 'stored',
  roles: ['user'],
  emailVerified: false,
  language: 'en',
  status: 'active',
  tokenVersion: 1,
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  deletedAt: null,
  ...overrides,
});

describe('AuthService.login', () => {
  /** Tries to sign in; gives what was asked of the hasher. */
  async function verified(found: User | null, isRight: boolean): Promise<(string | null)[]> {
    const calls: (string | null)[] = [];
    const hasher: Partial<PasswordHasher> = {
      verify: async (_password, stored) => {
        calls.push(stored);
        return isRight;
      },
    };
    const users: Partial<Users> = { findByEmail: async () => found };
    const transaction: Transaction = (work) => work();
    const deps = { users, hasher, transaction, sessions: {} } as {
      users: Users;
      transaction: Transaction;
      hasher: PasswordHasher;
      sessions: SessionService;
    };
    const login = new AuthService(deps).login(
      { email: 'ada@example.com', password: 'password' },
      { ip: '::1', userAgent: null },
    );
    await expect(login).rejects.toMatchObject({ code: 'AUTH_INVALID_CREDENTIALS', headers: {}, details: [] });
    return calls;
  }

  it.each<[string, User | null, boolean, string | null]>([
    ['nobody has the address', null, false, null],
    ['the password is wrong', buildUser(), false, 'stored'],
    ['the user is disabled', buildUser({ status: 'disabled' }), true, 'stored'],
    ['the user has no password', buildUser({ passwordHash: null }), false, null],
  ])('compares one hash when %s: every failure takes the same time', async (_why, found, isRight, stored) => {
    expect(await verified(found, isRight)).toEqual([stored]);
  });
});
