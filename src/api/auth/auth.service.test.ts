import { describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import type { Attempts, PasswordHasher } from '../../core/ports.ts';
import type { Audit } from '../audit/index.ts';
import type { User, Users } from '../users/index.ts';
import { AuthService } from './auth.service.ts';
import type { DeviceTokens } from './device-token.ts';

type Deps = ConstructorParameters<typeof AuthService>[0];

const buildUser = (overrides: Partial<User> = {}): User => ({
  id: 'u',
  email: 'ada@example.com',
  name: 'Ada',
  passwordHash: 'stored',
  roles: ['user'],
  emailVerified: false,
  language: 'en',
  status: 'active',
  deviceGeneration: 1,
  tokenVersion: 1,
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  deletedAt: null,
  ...overrides,
});

describe('AuthService.login', () => {
  /** Tries to sign in. Returns the stored hashes with which the hasher compared the password. */
  async function comparedHashes(
    found: User | null,
    isRight: boolean,
    isLocked = false,
  ): Promise<(string | null)[]> {
    const calls: (string | null)[] = [];
    const hasher: Partial<PasswordHasher> = {
      verify: async (_password, findStored) => {
        calls.push(await findStored());
        return isRight;
      },
    };
    const users: Partial<Users> = { findByEmail: async () => found };
    const attempts: Partial<Attempts> = { charge: async () => (isLocked ? null : 1) };
    const audit: Audit = { record: async () => undefined };
    const deviceTokens: DeviceTokens = { issue: () => '', read: () => null };
    const accountNames = createSecretKey(Buffer.from('key'));
    const deps = { users, hasher, attempts, audit, deviceTokens, accountNames };
    const login = new AuthService(deps as unknown as Deps).login(
      { email: 'ada@example.com', password: 'password' },
      { ip: '::1', userAgent: null, token: undefined, refreshToken: undefined },
    );
    await expect(login).rejects.toMatchObject({ code: 'AUTH_INVALID_CREDENTIALS', headers: {}, details: [] });
    return calls;
  }

  it.each<[string, User | null, boolean, string | null]>([
    ['the address is unknown', null, false, null],
    ['the password is wrong', buildUser(), false, 'stored'],
    ['the user is disabled', buildUser({ status: 'disabled' }), true, 'stored'],
    ['the user has no password', buildUser({ passwordHash: null }), false, null],
  ])(
    'compares one hash if %s, so that every failure takes the same time',
    async (_case, found, isRight, stored) => {
      expect(await comparedHashes(found, isRight)).toEqual([stored]);
    },
  );

  it('calls the hasher without a stored hash while the account is locked', async () => {
    expect(await comparedHashes(buildUser(), false, true)).toEqual([null]);
  });
});
