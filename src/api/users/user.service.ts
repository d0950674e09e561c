import type { Role } from '../../core/access.ts';
import { currentContext } from '../../core/context.ts';
import { invalidInput, type InputIssue } from '../../core/errors.ts';
import { defaultLanguage } from '../../core/languages.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import type { Page } from '../../core/pagination.ts';
import type { Clock, Ids, PasswordHasher } from '../../core/ports.ts';
import { assertRecentSignIn } from '../../http/recent-sign-in.ts';
import type { Caller } from '../../http/route.ts';
import { assertVersion, type ExpectedVersion } from '../../core/version.ts';
import type { Transaction } from '../../db/database.ts';
import { canonicalEmail, legacyEmail } from '../../utils/email.ts';
import type { Audit, AuditEntry } from '../audit/index.ts';
import type { CredentialService } from './credential.service.ts';
import type { PasswordPolicy } from './password-policy.ts';
import { userErrors } from './user.errors.ts';
import type { User } from './user.model.ts';
import type { UserRepository } from './user.repository.ts';
import type { ChangeMeBody, ChangeUserBody, EraseMeBody, ListUsersQuery } from './user.validation.ts';
import { toUserView } from './user.view.ts';

interface UserServiceDeps {
  readonly users: UserRepository;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hasher: PasswordHasher;
  readonly audit: Audit;
  readonly credentials: CredentialService;
  readonly assertStrongPassword: PasswordPolicy;
  readonly personalData: () => ReadonlyMap<string, PersonalData>;
  /** Ends the sessions of a user in the transaction that disables them. */
  readonly endSessions: (userId: string) => Promise<void>;
  /** Called after each committed change of a user's access. */
  readonly notifyAccessChange: () => void;
}

export interface NewUser {
  readonly email: string;
  /** null for a user who only signs in with an identity provider. */
  readonly password: string | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly emailVerified?: boolean;
}

const unusableAddress: InputIssue = {
  in: 'body',
  path: 'email',
  rule: 'string.email',
  message: { en: 'must be a valid email', de: 'muss eine gültige E-Mail-Adresse sein' },
};

const isActiveAdmin = ({ roles, status }: Pick<User, 'roles' | 'status'>): boolean =>
  roles.includes('admin') && status === 'active';

type AccessFields = Partial<Pick<User, 'roles' | 'status'>>;

/** Returns the audit events for changes to a user's access. Values equal to the stored ones produce none. */
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

  /** Creates an account on behalf of the caller. Roles other than `user` throw `AUTH_RECENT_SIGN_IN_REQUIRED` without a recent sign-in. */
  async createBy(caller: Caller, newUser: NewUser): Promise<User> {
    if (newUser.roles.some((role) => role !== 'user')) assertRecentSignIn(caller, this.deps.clock.now());
    return this.create(newUser);
  }

  async create(newUser: NewUser): Promise<User> {
    const { users, transaction, audit } = this.deps;
    const user = await this.prepare(newUser);
    await transaction(async () => {
      await users.insert(user);
      await audit.record({ type: 'users.created', subjectId: user.id, details: { roles: user.roles } });
    });
    return user;
  }

  /** Builds an account without storing it. Separate from storing, so that hashing does not hold a connection. */
  async prepare({ email, password, name, roles, emailVerified = false }: NewUser): Promise<User> {
    const { users, hasher, ids, clock } = this.deps;
    const address = canonicalEmail(email);
    if (address === null) throw invalidInput(unusableAddress);
    if (password !== null) this.deps.assertStrongPassword(password, { email: address, path: 'password' });
    // Checked first, so that a taken address costs no hash. The unique index decides between concurrent inserts.
    if ((await users.findByEmail(address)) !== null) throw userErrors.emailTaken();
    const now = clock.now();
    return {
      id: ids.next(),
      email: address,
      name,
      passwordHash: password === null ? null : await hasher.hash(password),
      roles: [...roles],
      emailVerified,
      status: 'active',
      language: currentContext()?.language ?? defaultLanguage,
      tokenVersion: 1,
      deviceGeneration: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
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

  /** Changes a user. Enabling or adding a role throws `AUTH_RECENT_SIGN_IN_REQUIRED` without a recent sign-in. */
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
    await this.deps.credentials.assertPassword(id, password);
    await this.erase(id, expected);
  }

  /** Erases all personal data of a user. Rows that others reference stay, anonymized. */
  async erase(id: string, expected: ExpectedVersion): Promise<void> {
    const { users, transaction, clock, audit, personalData, notifyAccessChange } = this.deps;
    await transaction(() => this.#lockErasable(id, expected));
    for (const held of personalData().values()) await held.eraseInBatches?.(id);
    await transaction(async () => {
      const user = await this.#lockErasable(id, expected);
      // Record first and erase in reverse module order: the audit module is erased last and anonymizes all these entries.
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
    notifyAccessChange();
  }

  /** Returns all data that the modules hold about a user. Unbounded lists are async iterables. */
  async exportFor(id: string): Promise<Record<string, unknown>> {
    const { users, transaction, audit, personalData } = this.deps;
    const user = await this.get(id);
    const held: [string, unknown][] = [];
    for (const [name, data] of personalData()) held.push([name, await data.exportFor(id)]);
    await transaction(async () => {
      // The lock serializes this event with an erasure, which must not leave it behind.
      if (!(await users.lockActive(id))) throw userErrors.notFound();
      await audit.record({ type: 'users.exported', subjectId: id });
    });
    return { user: { ...toUserView(user), language: user.language }, ...Object.fromEntries(held) };
  }

  /** Finds an account by its address in any spelling, including the spelling stored before IDNA canonicalization. */
  findByEmail(email: string): Promise<User | null> {
    const [legacy, canonical] = [legacyEmail(email), canonicalEmail(email)];
    const isSame = canonical === null || canonical === legacy;
    return this.deps.users.findByEmail(legacy, ...(isSame ? [] : [canonical]));
  }

  /** Locks and returns the user; throws if the account must not be erased. */
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
    const { users, transaction, clock, audit, endSessions, notifyAccessChange } = this.deps;
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
      if (user.status === 'active' && changes.status === 'disabled') await endSessions(id);
      const events = accessEvents(user, changes);
      for (const event of events) await audit.record(event);
      const access = events.length > 0 ? { tokenVersion: user.tokenVersion + 1 } : {};
      return users.update(user, { ...changes, ...access, updatedAt: clock.now() });
    });
    if (changesAccess) notifyAccessChange();
    return changed;
  }
}
