import type { AccountAnnouncer } from '../../core/account-hooks.ts';
import { currentContext } from '../../core/context.ts';
import { canonicalEmail } from '../../utils/email.ts';
import type { Texts } from '../../core/languages.ts';
import type { AttemptPolicy, Attempts, Clock, PasswordHasher } from '../../core/ports.ts';
import { userErrors } from './user.errors.ts';
import type { User } from './user.model.ts';
import type { UserRepository } from './user.repository.ts';

interface CredentialServiceDeps {
  readonly users: UserRepository;
  readonly attempts: Attempts;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly accounts: AccountAnnouncer;
}

/** Ten wrong passwords within 15 minutes lock for 1, 2, 4, 8 and then always 15 minutes. */
export const passwordAttempts: AttemptPolicy = {
  limit: 10,
  windowSeconds: 15 * 60,
  lockSeconds: [60, 120, 240, 480, 900],
};

/** Returns the key under which the attempts of a signed-in user are counted. */
export const attemptSubject = (userId: string): string => `user:${userId}`;

// A link may have been sent before addresses were canonicalized.
const canonicalize = (email: string): string => canonicalEmail(email) ?? email;

/** The result of a change by a user who has proven control of the mailbox. */
export interface VerifiedChange {
  readonly user: User;
  /** The recipient of mails before the change. */
  readonly previous: Pick<User, 'email' | 'language' | 'name' | 'emailVerified'>;
  readonly isFirstVerification: boolean;
  /** Sentences about the credentials and integrations that were removed, for the notification mail. */
  readonly notices: readonly Texts[];
}

const recipientOf = ({ email, language, name, emailVerified }: User): VerifiedChange['previous'] => ({
  email,
  language,
  name,
  emailVerified,
});

/** Checks and changes the credentials of an account: the password and the address. */
export class CredentialService {
  constructor(private readonly deps: CredentialServiceDeps) {}

  /** Checks the password of a signed-in user. Counts the attempt; returns false while the user is locked out. */
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

  /** Checks like `isPassword`, and throws `USERS_WRONG_PASSWORD` instead of returning false. */
  async assertPassword(userId: string, password: string): Promise<void> {
    if (!(await this.isPassword(userId, password))) throw userErrors.wrongPassword();
  }

  /**
   * Stores a new password and revokes all access tokens, in the open transaction; returns the updated user. Throws
   * `USERS_WRONG_PASSWORD` if `replaced` is no longer the stored hash, as after a concurrent change.
   */
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

  /**
   * Does the long-running part of a first verification. Call it outside a transaction, after checking the link and
   * before the change itself.
   */
  async prepareVerification(userId: string): Promise<void> {
    const { users, accounts } = this.deps;
    const user = await users.findById(userId);
    if (user?.emailVerified === false) await accounts.beforeEmailVerified(userId);
  }

  /**
   * Stores a new password for a user who has proven control of the mailbox; revokes all access tokens and device
   * cookies. If the address is unverified, this is its first verification. Otherwise, it revokes the access that must
   * not survive a reset.
   */
  async resetPassword(userId: string, passwordHash: string, email: string): Promise<VerifiedChange> {
    const { users, accounts } = this.deps;
    const user = await users.lockById(userId);
    const change = await this.#storeVerified(user, {
      passwordHash,
      emailVerified: user.emailVerified || canonicalize(user.email) === canonicalize(email),
      tokenVersion: user.tokenVersion + 1,
      deviceGeneration: user.deviceGeneration + 1,
    });
    return change.isFirstVerification ? change : { ...change, notices: await accounts.passwordReset(userId) };
  }

  /** Marks the address as verified. Does nothing if the account has a different address now. */
  async confirmEmail(userId: string, email: string): Promise<VerifiedChange> {
    const user = await this.deps.users.lockById(userId);
    if (canonicalize(user.email) === canonicalize(email) && !user.emailVerified)
      return this.#storeVerified(user, { emailVerified: true });
    return { user, previous: recipientOf(user), isFirstVerification: false, notices: [] };
  }

  /** Changes the address of the account to a verified one; revokes all access tokens. Throws `AUTH_EMAIL_TAKEN`. */
  async changeEmail(userId: string, email: string): Promise<VerifiedChange> {
    const user = await this.deps.users.lockById(userId);
    return this.#storeVerified(user, {
      email: canonicalize(email),
      emailVerified: true,
      tokenVersion: user.tokenVersion + 1,
    });
  }

  /**
   * Stores changes that may verify the address; the only place that does so. The first verification removes the
   * credentials that were created before it.
   */
  async #storeVerified(
    user: User,
    changes: Partial<User> & Pick<User, 'emailVerified'>,
  ): Promise<VerifiedChange> {
    const { users, clock, accounts } = this.deps;
    const previous = recipientOf(user);
    const isFirstVerification = changes.emailVerified && !user.emailVerified;
    const deviceGeneration = user.deviceGeneration + 1;
    const changed = await users.update(user, {
      ...(isFirstVerification && { deviceGeneration }),
      ...changes,
      updatedAt: clock.now(),
    });
    const notices = isFirstVerification ? await accounts.emailVerified(user.id) : [];
    return { user: changed, previous, isFirstVerification, notices };
  }

  /** Stores the language of this request, if it names one, as the user's language for mails. */
  async rememberLanguage(user: User): Promise<void> {
    const wanted = currentContext()?.language ?? null;
    if (wanted !== null && wanted !== user.language) await this.deps.users.setLanguage(user.id, wanted);
  }
}
