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

// People and their accounts: who they are, which roles they have, and how they leave.
// Promises that an address belongs to one account and that there is always an administrator.

export { attemptSubject, passwordAttempts, type VerifiedChange } from './credential.service.ts';
export type { User } from './user.model.ts';
export { demoUsers } from './user.seed.ts';
export { userErrors } from './user.errors.ts';
export { toUserView } from './user.view.ts';
export { emailInput, passwordInput, password, personName, userParams, userView } from './user.validation.ts';

/** What decides, on each request, on what a user may do. */
export interface UserAccess {
  readonly roles: readonly string[];
  readonly isActive: boolean;
  readonly tokenVersion: number;
}

/** What other modules may ask of the users. */
export interface Users {
  /** Makes an account that is not stored yet; throws `AUTH_EMAIL_TAKEN`. */
  prepare(user: NewUser): Promise<User>;
  /** Stores a prepared account; throws `AUTH_EMAIL_TAKEN`. Needs an open transaction. */
  insert(user: User): Promise<void>;
  create(user: NewUser): Promise<User>;
  /** Any spelling of the address. */
  findByEmail(email: string): Promise<User | null>;
  findById(id: string): Promise<User | null>;
  /** In no order; without those who were erased. */
  findAllById(ids: readonly string[]): Promise<User[]>;
  findAccess(id: string): Promise<UserAccess | null>;
  /** Keeps an active user from being erased until the transaction ends; false when there is none. */
  lockActive(id: string): Promise<boolean>;
  /** As `lockActive`, and from every change that ends access tokens; false also when the token version is another by now. */
  lockActiveAtVersion(id: string, tokenVersion: number): Promise<boolean>;
  /** Whether this is the password of someone who is signed in already; wrong ones are counted, and lock. */
  isPassword(id: string, password: string): Promise<boolean>;
  /** Makes the transaction of a first proof short. Call it before, outside a transaction, for a valid link. */
  prepareVerification(id: string): Promise<void>;
  /** Stores another password and ends every access token; see `CredentialService`. Needs an open transaction, as do the next three. */
  changePassword(id: string, passwordHash: string, replaced: string | null): Promise<User>;
  resetPassword(id: string, passwordHash: string, email: string): Promise<VerifiedChange>;
  confirmEmail(id: string, email: string): Promise<VerifiedChange>;
  changeEmail(id: string, email: string): Promise<VerifiedChange>;
  /** Writes mails to this user in the language of the request, if it names one. */
  rememberLanguage(user: User): Promise<void>;
  /** Throws a validation error unless the password will do. */
  readonly assertStrongPassword: PasswordPolicy;
  /** Stores another hash of the same password, as long as `replaced` is the one that is stored. */
  replacePasswordHash(id: string, passwordHash: string, replaced: string): Promise<void>;
  /** Ends every access token of the user. */
  endAccessTokens(id: string): Promise<void>;
  /** Calls in the transaction that disables someone. */
  onDisable(listener: (userId: string) => Promise<void>): void;
  /** Calls back when someone's roles or status have changed or someone was erased, once that is stored. */
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
    const announceAccessChange = () => {
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
      announceAccessChange,
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
