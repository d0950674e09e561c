import { defineModule } from '../../core/module.ts';
import { CreateUsers1763700001000 } from './migrations/1763700001000-create-users.ts';
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

export type { User } from './user.model.ts';
export { demoUsers } from './user.seed.ts';
export { userErrors } from './user.errors.ts';
export { toUserView } from './user.view.ts';
export { givenPassword, password, personName, userView } from './user.validation.ts';

/** What decides, on each request, on what a user may do. */
export interface UserAccess {
  readonly roles: readonly string[];
  readonly isActive: boolean;
  readonly tokenVersion: number;
}

/** What other modules may ask of the users. */
export interface Users {
  create(user: NewUser): Promise<User>;
  /** Any spelling of the address. */
  findByEmail(email: string): Promise<User | null>;
  findById(id: string): Promise<User | null>;
  findAccess(id: string): Promise<UserAccess | null>;
  replacePasswordHash(id: string, passwordHash: string): Promise<void>;
  /** Ends every access token of the user. */
  endAccessTokens(id: string): Promise<void>;
  /** Calls back when someone's roles or status have changed or someone was erased, once that is stored. */
  onAccessChange(listener: () => void): void;
}

export const usersModule = defineModule({
  name: 'users',
  path: '/users',
  entities: [User],
  migrations: [CreateUsers1763700001000],
  permissions: { 'users:manage': 'Read, create, change and erase any account' },
  grants: { admin: ['users:manage'] },
  create: ({ db, clock, ids, hasher, personalData }) => {
    const users = new UserRepository(db);
    const listeners: (() => void)[] = [];
    const announceAccessChange = () => {
      for (const listener of listeners) listener();
    };
    const service = new UserService({
      users,
      transaction: db.transaction,
      clock,
      ids,
      hasher,
      announceAccessChange,
      personalData,
    });
    const api: Users = {
      create: (user) => service.create(user),
      findByEmail: (email) => service.findByEmail(email),
      findById: (id) => users.findById(id),
      findAccess: async (id) => {
        const access = await users.findAccess(id);
        return access === null ? null : { ...access, isActive: access.status === 'active' };
      },
      replacePasswordHash: (id, passwordHash) => users.replacePasswordHash(id, passwordHash),
      endAccessTokens: (id) => users.raiseTokenVersion(id),
      onAccessChange: (listener) => {
        listeners.push(listener);
      },
    };
    return {
      api,
      routes: userRoutes(new UserController(service)),
      commands: userCommands(service),
      seed: () => seedUsers(service),
    };
  },
});
