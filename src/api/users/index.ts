import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { AccountService } from './account.service.ts';
import { AddUserDeviceGeneration1763749000000 } from './migrations/1763749000000-add-user-device-generation.ts';
import { AddUserLanguage1763720001000 } from './migrations/1763720001000-add-user-language.ts';
import { AddUserSearch1763734000000 } from './migrations/1763734000000-add-user-search.ts';
import { CreateUsers1763700001000 } from './migrations/1763700001000-create-users.ts';
import { CanonicalizeUsers1763750100000 } from './migrations/1763750100000-canonicalize-users.ts';
import { createPasswordPolicy } from './password-policy.ts';
import type { Users } from './user.api.ts';
import { userCommands } from './user.commands.ts';
import { UserController } from './user.controller.ts';
import { User } from './user.model.ts';
import { UserRepository } from './user.repository.ts';
import { userRoutes } from './user.routes.ts';
import { seedUsers } from './user.seed.ts';
import { UserService } from './user.service.ts';

// User accounts: profile, roles, status and erasure.
// Guarantees: each e-mail address belongs to at most one account, and at least one administrator remains.

export { attemptSubject, passwordAttempts } from './account.service.ts';
export type { UserAccess, Users, VerifiedChange } from './user.api.ts';
export type { User } from './user.model.ts';
export { demoUsers } from './user.seed.ts';
export { userErrors } from './user.errors.ts';
export { toUserView } from './user.view.ts';
export { emailInput, passwordInput, password, personName, userParams, userView } from './user.validation.ts';

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
  create: ({
    db,
    clock,
    ids,
    config,
    hasher,
    attempts,
    middleware,
    personalData,
    accounts: announcer,
    use,
  }) => {
    const { transaction } = db;
    const audit = use(auditModule);
    const users = new UserRepository(db);
    const accounts = new AccountService({
      users,
      transaction,
      clock,
      ids,
      hasher,
      attempts,
      audit,
      announcer,
      assertStrongPassword: createPasswordPolicy(config.APP_NAME),
    });
    const service = new UserService({ users, accounts, transaction, clock, audit, personalData });
    const api: Users = accounts;
    return {
      api,
      routes: userRoutes(new UserController(service), middleware),
      commands: userCommands(api),
      seed: () => seedUsers(api),
    };
  },
});
