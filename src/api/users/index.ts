import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { AddUserDeviceGeneration1763749000000 } from './migrations/1763749000000-add-user-device-generation.ts';
import { AddUserLanguage1763720001000 } from './migrations/1763720001000-add-user-language.ts';
import { AddUserSearch1763734000000 } from './migrations/1763734000000-add-user-search.ts';
import { CreateUsers1763700001000 } from './migrations/1763700001000-create-users.ts';
import { CanonicalizeUsers1763750100000 } from './migrations/1763750100000-canonicalize-users.ts';
import { CredentialService, type VerifiedChange } from './credential.service.ts';
import { createPasswordPolicy, type PasswordPolicy } from './password-policy.ts';
import { userCommands } from './user.commands.ts';
import { UserController } from './user.controller.ts';
import { User } from './user.model.ts';
import { UserRepository } from './user.repository.ts';
import { userRoutes } from './user.routes.ts';
import { seedUsers } from './user.seed.ts';
import { UserService } from './user.service.ts';
import type { NewUser } from './user.service.ts';

// User accounts: profile, roles, status and erasure.
// Guarantees: each e-mail address belongs to at most one account; at least one administrator remains.

export { attemptSubject, passwordAttempts, type VerifiedChange } from './credential.service.ts';
export type { User } from './user.model.ts';
export { demoUsers } from './user.seed.ts';
export { userErrors } from './user.errors.ts';
export { toUserView } from './user.view.ts';
export { emailInput, passwordInput, password, personName, userParams, userView } from './user.validation.ts';

/** The columns that decide, on each request, what a user may do. */
export interface UserAccess {
  readonly roles: readonly string[];
  readonly isActive: boolean;
  readonly tokenVersion: number;
}

/** Interface of the users module for other modules. */
export interface Users {
  /** Builds an account without storing it. Throws `AUTH_EMAIL_TAKEN`. */
  prepare(user: NewUser): Promise<User>;
  /** Stores a prepared account. Throws `AUTH_EMAIL_TAKEN`. Requires an open transaction. */
  insert(user: User): Promise<void>;
  create(user: NewUser): Promise<User>;
  /** Finds an account by its address in any accepted spelling. */
  findByEmail(email: string): Promise<User | null>;
  findById(id: string): Promise<User | null>;
  /** Returns the users with these ids in no particular order. Omits erased users. */
  findAllById(ids: readonly string[]): Promise<User[]>;
  findAccess(id: string): Promise<UserAccess | null>;
  /** Locks an active user against erasure until the transaction ends. Returns false if there is no such active user. */
  lockActive(id: string): Promise<boolean>;
  /**
   * Locks an active user against erasure and every change that revokes access tokens, until the transaction ends.
   * Returns false if there is no such active user or the token version has changed.
   */
  lockActiveAtVersion(id: string, tokenVersion: number): Promise<boolean>;
  /** Checks the password of a signed-in user. Counts failures; returns false while the user is locked out. */
  isPassword(id: string, password: string): Promise<boolean>;
  /**
   * Does the long-running part of a first verification. Call it outside a transaction, after checking the link and
   * before the change itself.
   */
  prepareVerification(id: string): Promise<void>;
  /**
   * Stores a new password and revokes all access tokens; see `CredentialService`. Requires an open transaction, as do
   * the next three methods.
   */
  changePassword(id: string, passwordHash: string, replaced: string | null): Promise<User>;
  resetPassword(id: string, passwordHash: string, email: string): Promise<VerifiedChange>;
  confirmEmail(id: string, email: string): Promise<VerifiedChange>;
  changeEmail(id: string, email: string): Promise<VerifiedChange>;
  /** Stores the language of the request, if it names one, as the user's language for mails. */
  rememberLanguage(user: User): Promise<void>;
  /** Throws a validation error if the password is too weak. */
  readonly assertStrongPassword: PasswordPolicy;
  /** Stores a new hash of the same password, if `replaced` is still the stored hash. */
  replacePasswordHash(id: string, passwordHash: string, replaced: string): Promise<void>;
  /** Revokes all access tokens of the user. */
  endAccessTokens(id: string): Promise<void>;
  /** Registers a listener that runs in the transaction that disables a user. */
  onDisable(listener: (userId: string) => Promise<void>): void;
  /** Registers a listener that runs after a change of roles or status, or an erasure, is committed. */
  onAccessChange(listener: () => void): void;
}

export const usersModule = defineModule({
  name: 'users',
  path: '/users',
  entities: [User],
  migrations: [
    CreateUsers1763700001000,
    AddUserLanguage1763720001000,
    AddUserSearch1763734000000,
    AddUserDeviceGeneration1763749000000,
    CanonicalizeUsers1763750100000,
  ],
  permissions: { 'users:manage': 'Read, create, change and erase any account' },
  grants: { admin: ['users:manage'] },
  create: ({ db, clock, ids, config, hasher, attempts, middleware, personalData, accounts, use }) => {
    const users = new UserRepository(db);
    const credentials = new CredentialService({ users, attempts, hasher, clock, accounts });
    const assertStrongPassword = createPasswordPolicy(config.APP_NAME);
    const disableListeners: ((userId: string) => Promise<void>)[] = [];
    const accessListeners: (() => void)[] = [];
    const notifyAccessChange = () => {
      for (const listener of accessListeners) listener();
    };
    const service = new UserService({
      users,
      transaction: db.transaction,
      clock,
      ids,
      hasher,
      audit: use(auditModule),
      credentials,
      assertStrongPassword,
      endSessions: async (userId) => {
        for (const listener of disableListeners) await listener(userId);
      },
      notifyAccessChange,
      personalData,
    });
    const api: Users = {
      prepare: (user) => service.prepare(user),
      insert: (user) => users.insert(user),
      create: (user) => service.create(user),
      findByEmail: (email) => service.findByEmail(email),
      findById: (id) => users.findById(id),
      findAllById: (userIds) => users.findAllById(userIds),
      findAccess: async (id) => {
        const access = await users.findAccess(id);
        if (access === null) return null;
        const { roles, status, tokenVersion } = access;
        return { roles, tokenVersion, isActive: status === 'active' };
      },
      lockActive: (id) => users.lockActive(id),
      lockActiveAtVersion: (id, tokenVersion) => users.lockActiveAtVersion(id, tokenVersion),
      isPassword: (id, password) => credentials.isPassword(id, password),
      prepareVerification: (id) => credentials.prepareVerification(id),
      changePassword: (id, passwordHash, replaced) => credentials.changePassword(id, passwordHash, replaced),
      resetPassword: (id, passwordHash, email) => credentials.resetPassword(id, passwordHash, email),
      confirmEmail: (id, email) => credentials.confirmEmail(id, email),
      changeEmail: (id, email) => credentials.changeEmail(id, email),
      rememberLanguage: (user) => credentials.rememberLanguage(user),
      assertStrongPassword,
      replacePasswordHash: (id, passwordHash, replaced) =>
        users.replacePasswordHash(id, passwordHash, replaced),
      endAccessTokens: (id) => users.incrementTokenVersion(id),
      onDisable: (listener) => {
        disableListeners.push(listener);
      },
      onAccessChange: (listener) => {
        accessListeners.push(listener);
      },
    };
    return {
      api,
      routes: userRoutes(new UserController(service), middleware),
      commands: userCommands(service),
      seed: () => seedUsers(service),
    };
  },
});
