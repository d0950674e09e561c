import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Auth, Session } from '../auth/index.ts';
import { userErrors, type User, type Users } from '../users/index.ts';

interface AdministrationServiceDeps {
  readonly users: Users;
  readonly auth: Auth;
  readonly audit: Audit;
  readonly transaction: Transaction;
}

/** The sign-ins of other people. Every method throws `USERS_NOT_FOUND` where there is no such user. */
export class AdministrationService {
  constructor(private readonly deps: AdministrationServiceDeps) {}

  async sessionsOf(userId: string): Promise<Session[]> {
    const { id } = await this.#get(userId);
    return this.deps.auth.sessionsOf(id);
  }

  async endSessions(userId: string): Promise<void> {
    const { id } = await this.#get(userId);
    await this.deps.auth.endAllSessions(id);
  }

  /** Forgets every wrong password and code, so that the user may try again at once. */
  async unlock(userId: string): Promise<void> {
    const { auth, audit, transaction } = this.deps;
    const user = await this.#get(userId);
    await transaction(async () => {
      await auth.unlock(user);
      await audit.record({ type: 'users.unlocked', subjectId: user.id });
    });
  }

  async #get(userId: string): Promise<User> {
    const user = await this.deps.users.findById(userId);
    if (user === null) throw userErrors.notFound();
    return user;
  }
}
