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

/** Manages sessions and lockouts of other users. Every method throws `USERS_NOT_FOUND` for an unknown user. */
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

  /** Resets failed passwords and codes, so that the user can sign in immediately. */
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
