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

/** Ten wrong passwords in 15 minutes lock for 1, 2, 4, 8 and then always 15 minutes. */
export const passwordAttempts: AttemptPolicy = {
  limit: 10,
  windowSeconds: 15 * 60,
  lockSeconds: [60, 120, 240, 480, 900],
};

/** What the attempts of someone who is signed in are counted under. */
export const attemptSubject = (userId: string): string => `user:${userId}`;

// A link may have been sent before addresses were canonical.
const canonicalize = (email: string): string => canonicalEmail(email) ?? email;

/** A change by someone who has shown to have the mailbox. */
export interface VerifiedChange {
  readonly user: User;
  /** Whom mails went to before. */
  readonly previous: Pick<User, 'email' | 'language' | 'name' | 'emailVerified'>;
  readonly isFirstVerification: boolean;
  /** What became of credentials and side channels, for the mail about it. */
  readonly notices: readonly Texts[];
}

const recipientOf = ({ email, language, name, emailVerified }: User): VerifiedChange['previous'] => ({
  email,
  language,
  name,
  emailVerified,
});

/** What opens an account: the password and the address. */
export class CredentialService {
  constructor(private readonly deps: CredentialServiceDeps) {}

  /** Whether this is the password of someone who is signed in already; counted, and never so while locked. */
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

  /** As `isPassword`; throws `USERS_WRONG_PASSWORD`. */
  async assertPassword(userId: string, password: string): Promise<void> {
    if (!(await this.isPassword(userId, password))) throw userErrors.wrongPassword();
  }

  /**
   * Stores another password and ends every access token, in the open transaction; returns the user as it is then.
   * Only while `replaced` is still the stored hash: of two changes at once one throws `USERS_WRONG_PASSWORD`.
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

  /** Makes the transaction of a first proof short. Call it before, outside a transaction, for a valid link. */
  async prepareVerification(userId: string): Promise<void> {
    const { users, accounts } = this.deps;
    const user = await users.findById(userId);
    if (user?.emailVerified === false) await accounts.beforeEmailVerified(userId);
  }

  /**
   * Stores the password of someone who has shown to have the mailbox; ends every access token and device cookie. While
   * the address is unverified this is its first proof; later it revokes what must not survive a reset.
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

  /** Notes that the owner of this address has shown to have it. Does nothing if the account has another one by now. */
  async confirmEmail(userId: string, email: string): Promise<VerifiedChange> {
    const user = await this.deps.users.lockById(userId);
    if (canonicalize(user.email) === canonicalize(email) && !user.emailVerified)
      return this.#storeVerified(user, { emailVerified: true });
    return { user, previous: recipientOf(user), isFirstVerification: false, notices: [] };
  }

  /** Moves the account to an address that is known to be its owner's; ends every access token. Throws `AUTH_EMAIL_TAKEN`. */
  async changeEmail(userId: string, email: string): Promise<VerifiedChange> {
    const user = await this.deps.users.lockById(userId);
    return this.#storeVerified(user, {
      email: canonicalize(email),
      emailVerified: true,
      tokenVersion: user.tokenVersion + 1,
    });
  }

  /** The only place that verifies an address of an account. The first time it removes what was created before. */
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

  /** Writes to the person in the language that this request asks for, from now on. */
  async rememberLanguage(user: User): Promise<void> {
    const wanted = currentContext()?.language ?? null;
    if (wanted !== null && wanted !== user.language) await this.deps.users.setLanguage(user.id, wanted);
  }
}
