import type { AccountAnnouncer } from '../../core/account-hooks.ts';
import { currentContext } from '../../core/context.ts';
import { invalidInput, type InputIssue } from '../../core/errors.ts';
import { defaultLanguage } from '../../core/languages.ts';
import type { AttemptPolicy, Attempts, Clock, Ids, PasswordHasher } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import { canonicalEmail, legacyEmail } from '../../utils/email.ts';
import type { Audit } from '../audit/index.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { NewUser, UserAccess, Users, VerifiedChange } from './user.api.ts';
import { userErrors } from './user.errors.ts';
import { userMessages } from './user.messages.ts';
import type { User } from './user.model.ts';
import type { UserRepository } from './user.repository.ts';

interface AccountServiceDeps {
  readonly users: UserRepository;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hasher: PasswordHasher;
  readonly attempts: Attempts;
  readonly audit: Audit;
  readonly announcer: AccountAnnouncer;
  readonly assertStrongPassword: PasswordPolicy;
}

/**
 * Ten wrong passwords within 15 minutes lock the user out for 1 minute, then for 2, 4, 8 and from then on always 15
 * minutes.
 */
export const passwordAttempts: AttemptPolicy = {
  limit: 10,
  windowSeconds: 15 * 60,
  lockSeconds: [60, 120, 240, 480, 900],
};

/** Returns the key under which the attempts of a signed-in user are counted. */
export const attemptSubject = (userId: string): string => `user:${userId}`;

// Returns the canonical form, or the address itself if it has no such form. A link may contain such an address if the
// link was sent before addresses were canonicalized.
const canonicalize = (email: string): string => canonicalEmail(email) ?? email;

const unusableAddress: InputIssue = {
  in: 'body',
  path: 'email',
  rule: 'string.email',
  message: userMessages.rules.email,
};

const recipientOf = ({ email, language, name, emailVerified }: User): VerifiedChange['previous'] => ({
  email,
  language,
  name,
  emailVerified,
});

/** Creates, finds and locks accounts for other modules. Checks and changes the credentials of accounts. */
export class AccountService implements Users {
  readonly assertStrongPassword: PasswordPolicy;
  readonly #disableListeners: ((userId: string) => Promise<void>)[] = [];
  readonly #accessListeners: (() => void)[] = [];

  constructor(private readonly deps: AccountServiceDeps) {
    this.assertStrongPassword = deps.assertStrongPassword;
  }

  async prepare({ email, password, name, roles, emailVerified = false }: NewUser): Promise<User> {
    const { users, hasher, ids, clock } = this.deps;
    const address = canonicalEmail(email);
    if (address === null) throw invalidInput(unusableAddress);
    if (password !== null) this.assertStrongPassword(password, { email: address, path: 'password' });
    // Check the address before the hash is computed, so that a taken address costs no hash. The unique index decides
    // between concurrent inserts.
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

  insert(user: User): Promise<void> {
    return this.deps.users.insert(user);
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

  findByEmail(email: string): Promise<User | null> {
    const [legacy, canonical] = [legacyEmail(email), canonicalEmail(email)];
    const isSame = canonical === null || canonical === legacy;
    return this.deps.users.findByEmail(legacy, ...(isSame ? [] : [canonical]));
  }

  findById(id: string): Promise<User | null> {
    return this.deps.users.findById(id);
  }

  findAllById(ids: readonly string[]): Promise<User[]> {
    return this.deps.users.findAllById(ids);
  }

  async findAccess(id: string): Promise<UserAccess | null> {
    const access = await this.deps.users.findAccess(id);
    if (access === null) return null;
    const { roles, status, tokenVersion } = access;
    return { roles, tokenVersion, isActive: status === 'active' };
  }

  lockActive(id: string): Promise<boolean> {
    return this.deps.users.lockActive(id);
  }

  lockActiveAtVersion(id: string, tokenVersion: number): Promise<boolean> {
    return this.deps.users.lockActiveAtVersion(id, tokenVersion);
  }

  async isPassword(userId: string, password: string): Promise<boolean> {
    const { users, attempts, hasher } = this.deps;
    const user = await users.findById(userId);
    const subject = attemptSubject(userId);
    const isRight = await hasher.verify(password, async () =>
      (await attempts.charge(subject, 'password', passwordAttempts)) === null
        ? null
        : (user?.passwordHash ?? null),
    );
    if (isRight) await attempts.clear(subject, 'password');
    return isRight;
  }

  /** Checks the password like `isPassword`. Throws `USERS_WRONG_PASSWORD` instead of returning false. */
  async assertPassword(userId: string, password: string): Promise<void> {
    if (!(await this.isPassword(userId, password))) throw userErrors.wrongPassword();
  }

  async changePassword(userId: string, passwordHash: string, replaced: string | null): Promise<User> {
    const { users, clock } = this.deps;
    const user = await users.lockById(userId);
    if (user.passwordHash !== replaced) throw userErrors.wrongPassword();
    return users.update(user, {
      passwordHash,
      tokenVersion: user.tokenVersion + 1,
      updatedAt: clock.now(),
    });
  }

  async prepareVerification(userId: string): Promise<void> {
    const { users, announcer } = this.deps;
    const user = await users.findById(userId);
    if (user?.emailVerified === false) await announcer.beforeEmailVerified(userId);
  }

  async resetPassword(userId: string, passwordHash: string, email: string): Promise<VerifiedChange> {
    const { users, announcer } = this.deps;
    const user = await users.lockById(userId);
    const change = await this.#storeVerified(user, {
      passwordHash,
      emailVerified: user.emailVerified || canonicalize(user.email) === canonicalize(email),
      tokenVersion: user.tokenVersion + 1,
      deviceGeneration: user.deviceGeneration + 1,
    });
    return change.isFirstVerification
      ? change
      : { ...change, notices: await announcer.passwordReset(userId) };
  }

  async confirmEmail(userId: string, email: string): Promise<VerifiedChange> {
    const user = await this.deps.users.lockById(userId);
    if (canonicalize(user.email) === canonicalize(email) && !user.emailVerified)
      return this.#storeVerified(user, { emailVerified: true });
    return { user, previous: recipientOf(user), isFirstVerification: false, notices: [] };
  }

  async changeEmail(userId: string, email: string): Promise<VerifiedChange> {
    const user = await this.deps.users.lockById(userId);
    return this.#storeVerified(user, {
      email: canonicalize(email),
      emailVerified: true,
      tokenVersion: user.tokenVersion + 1,
    });
  }

  async rememberLanguage(user: User): Promise<void> {
    const wanted = currentContext()?.language ?? null;
    const stored: string = user.language;
    if (wanted !== null && wanted !== stored) await this.deps.users.setLanguage(user.id, wanted);
  }

  replacePasswordHash(id: string, passwordHash: string, replaced: string): Promise<void> {
    return this.deps.users.replacePasswordHash(id, passwordHash, replaced);
  }

  endAccessTokens(id: string): Promise<void> {
    return this.deps.users.incrementTokenVersion(id);
  }

  onDisable(listener: (userId: string) => Promise<void>): void {
    this.#disableListeners.push(listener);
  }

  onAccessChange(listener: () => void): void {
    this.#accessListeners.push(listener);
  }

  /** Runs the listeners of `onDisable` in the transaction that disables the user. */
  async notifyDisable(userId: string): Promise<void> {
    for (const listener of this.#disableListeners) await listener(userId);
  }

  /** Runs the listeners of `onAccessChange`. Call this method after each committed change of a user's access. */
  notifyAccessChange(): void {
    for (const listener of this.#accessListeners) listener();
  }

  /**
   * Stores changes that may verify the address. No other method does so. The first verification removes the credentials
   * that were created before it.
   */
  async #storeVerified(
    user: User,
    changes: Partial<User> & Pick<User, 'emailVerified'>,
  ): Promise<VerifiedChange> {
    const { users, clock, announcer } = this.deps;
    const previous = recipientOf(user);
    const isFirstVerification = changes.emailVerified && !user.emailVerified;
    const deviceGeneration = user.deviceGeneration + 1;
    const changed = await users.update(user, {
      ...(isFirstVerification && { deviceGeneration }),
      ...changes,
      updatedAt: clock.now(),
    });
    const notices = isFirstVerification ? await announcer.emailVerified(user.id) : [];
    return { user: changed, previous, isFirstVerification, notices };
  }
}
