import type { PersonalData } from '../../core/personal-data.ts';
import type { Page } from '../../core/pagination.ts';
import type { Clock } from '../../core/ports.ts';
import { assertRecentSignIn } from '../../http/recent-sign-in.ts';
import type { Caller } from '../../http/route.ts';
import { assertVersion, type ExpectedVersion } from '../../core/version.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit, AuditEntry } from '../audit/index.ts';
import type { AccountService } from './account.service.ts';
import type { NewUser } from './user.api.ts';
import { userErrors } from './user.errors.ts';
import type { User } from './user.model.ts';
import type { UserRepository } from './user.repository.ts';
import type { ChangeMeBody, ChangeUserBody, EraseMeBody, ListUsersQuery } from './user.validation.ts';
import { toUserView } from './user.view.ts';

interface UserServiceDeps {
  readonly users: UserRepository;
  readonly accounts: AccountService;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly personalData: () => ReadonlyMap<string, PersonalData>;
}

const isActiveAdmin = ({ roles, status }: Pick<User, 'roles' | 'status'>): boolean =>
  roles.includes('admin') && status === 'active';

type AccessFields = Partial<Pick<User, 'roles' | 'status'>>;

/**
 * Returns the audit events for changes to a user's access. Produces no event for a value that equals the stored one.
 */
function accessEvents(user: User, { roles = user.roles, status = user.status }: AccessFields): AuditEntry[] {
  const subjectId = user.id;
  const [from, to] = [[...user.roles].sort(), [...roles].sort()];
  const hasOtherRoles = from.join() !== to.join();
  return [
    ...(hasOtherRoles ? [{ type: 'users.roles_changed', subjectId, details: { from, to } }] : []),
    ...(status === user.status
      ? []
      : [{ type: status === 'active' ? 'users.enabled' : 'users.disabled', subjectId }]),
  ];
}

/** Creates, changes, exports and erases accounts. Keeps addresses unique and at least one administrator. */
export class UserService {
  constructor(private readonly deps: UserServiceDeps) {}

  /**
   * Creates an account on behalf of the caller. Throws `AUTH_RECENT_SIGN_IN_REQUIRED` for roles other than `user`
   * without a recent sign-in.
   */
  async createBy(caller: Caller, newUser: NewUser): Promise<User> {
    if (newUser.roles.some((role) => role !== 'user')) assertRecentSignIn(caller, this.deps.clock.now());
    return this.deps.accounts.create(newUser);
  }

  async list(query: ListUsersQuery): Promise<Page<User>> {
    const { createdFrom, createdTo } = query;
    return this.deps.users.list(query, {
      ...(createdFrom !== undefined && { from: new Date(createdFrom) }),
      ...(createdTo !== undefined && { to: new Date(createdTo) }),
    });
  }

  get(id: string): Promise<User> {
    return this.deps.users.getById(id);
  }

  rename(id: string, { name }: ChangeMeBody, expected: ExpectedVersion): Promise<User> {
    return this.#change(id, { name }, expected);
  }

  /**
   * Changes a user. Throws `AUTH_RECENT_SIGN_IN_REQUIRED` if the change enables the user or adds a role without a
   * recent sign-in.
   */
  changeBy(
    caller: Caller,
    id: string,
    { name, roles, status }: ChangeUserBody,
    expected: ExpectedVersion,
  ): Promise<User> {
    return this.#change(
      id,
      { ...(name !== undefined && { name }), ...(roles && { roles }), ...(status && { status }) },
      expected,
      (user) => {
        const isEnabling = status === 'active' && user.status !== 'active';
        const addsRoles = roles?.some((role) => !user.roles.includes(role)) === true;
        if (isEnabling || addsRoles) assertRecentSignIn(caller, this.deps.clock.now());
      },
    );
  }

  /** Erases the caller's own account after checking the password. */
  async eraseOwn(id: string, { password }: EraseMeBody, expected: ExpectedVersion): Promise<void> {
    await this.deps.accounts.assertPassword(id, password);
    await this.erase(id, expected);
  }

  /** Erases all personal data of a user. Rows that others reference stay, anonymized. */
  async erase(id: string, expected: ExpectedVersion): Promise<void> {
    const { users, transaction, clock, audit, accounts, personalData } = this.deps;
    await transaction(() => this.#lockErasable(id, expected));
    for (const held of personalData().values()) await held.eraseInBatches?.(id);
    await transaction(async () => {
      const user = await this.#lockErasable(id, expected);
      // Record the erasure first and erase in reverse module order. The audit module is then erased last and anonymizes
      // this entry too.
      await audit.record({ type: 'users.erased', subjectId: id });
      for (const held of [...personalData().values()].reverse()) await held.eraseFor(id);
      const now = clock.now();
      await users.update(user, {
        email: `${id}@erased.invalid`,
        name: '',
        passwordHash: null,
        emailVerified: false,
        status: 'disabled',
        tokenVersion: user.tokenVersion + 1,
        updatedAt: now,
        deletedAt: now,
      });
    });
    accounts.notifyAccessChange();
  }

  /** Returns all data that the modules hold about a user. Unbounded lists are async iterables. */
  async exportFor(id: string): Promise<Record<string, unknown>> {
    const { users, transaction, audit, personalData } = this.deps;
    const user = await this.get(id);
    const held: [string, unknown][] = [];
    for (const [name, data] of personalData()) held.push([name, await data.exportFor(id)]);
    await transaction(async () => {
      // Lock the user, so that an erasure cannot run at the same time and leave this event behind.
      if (!(await users.lockActive(id))) throw userErrors.notFound();
      await audit.record({ type: 'users.exported', subjectId: id });
    });
    return { user: { ...toUserView(user), language: user.language }, ...Object.fromEntries(held) };
  }

  /** Locks and returns the user. Throws if the account must not be erased. */
  async #lockErasable(id: string, expected: ExpectedVersion): Promise<User> {
    const { users } = this.deps;
    const admins = await users.lockAdmins();
    const user = await users.lockById(id);
    assertVersion(user.version, expected);
    if (isActiveAdmin(user) && admins.length === 1) throw userErrors.lastAdmin();
    return user;
  }

  async #change(
    id: string,
    changes: Partial<Pick<User, 'name' | 'roles' | 'status'>>,
    expected: ExpectedVersion,
    assertAllowed: (user: User) => void = () => undefined,
  ): Promise<User> {
    const { users, transaction, clock, audit, accounts } = this.deps;
    const changesAccess = changes.roles !== undefined || changes.status !== undefined;
    const changed = await transaction(async () => {
      const admins = changesAccess ? await users.lockAdmins() : [];
      const user = await users.lockById(id);
      assertVersion(user.version, expected);
      assertAllowed(user);
      if (
        changesAccess &&
        isActiveAdmin(user) &&
        !isActiveAdmin({ roles: user.roles, status: user.status, ...changes }) &&
        admins.length === 1
      ) {
        throw userErrors.lastAdmin();
      }
      // End the sessions, so that enabling the account again does not revive old refresh tokens.
      if (user.status === 'active' && changes.status === 'disabled') await accounts.notifyDisable(id);
      const events = accessEvents(user, changes);
      for (const event of events) await audit.record(event);
      const access = events.length > 0 ? { tokenVersion: user.tokenVersion + 1 } : {};
      return users.update(user, { ...changes, ...access, updatedAt: clock.now() });
    });
    if (changesAccess) accounts.notifyAccessChange();
    return changed;
  }
}
