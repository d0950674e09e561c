import { currentContext } from '../../core/context.ts';
import { canonicalEmail } from '../../utils/email.ts';
import type { AttemptPolicy, Attempts, Clock, PasswordHasher } from '../../core/ports.ts';
import { userErrors } from './user.errors.ts';
import type { User } from './user.model.ts';
import type { UserRepository } from './user.repository.ts';

interface CredentialServiceDeps {
  readonly users: UserRepository;
  readonly attempts: Attempts;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
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
const spell = (email: string): string => canonicalEmail(email) ?? email;

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
   * Stores another password and ends every access token, in the open transaction; gives the user as it is then.
   * With `replaced` only while that is still the stored hash: of two changes at once one throws `USERS_WRONG_PASSWORD`.
   */
  async setPassword(userId: string, passwordHash: string, replaced?: string | null): Promise<User> {
    const { users, clock } = this.deps;
    const user = await users.lockById(userId);
    if (replaced !== undefined && user.passwordHash !== replaced) throw userErrors.wrongPassword();
    return users.update(user, {
      passwordHash,
      tokenVersion: user.tokenVersion + 1,
      updatedAt: clock.now(),
    });
  }

  /** Notes that the owner of this address has shown to have it; nothing happens when the account has another by now. */
  async confirmEmail(userId: string, email: string): Promise<void> {
    const { users, clock } = this.deps;
    const user = await users.lockById(userId);
    if (spell(user.email) === spell(email) && !user.emailVerified)
      await users.update(user, { emailVerified: true, updatedAt: clock.now() });
  }

  /** Moves the account to an address that is known to be its owner's; ends every access token. Throws `AUTH_EMAIL_TAKEN`. */
  async changeEmail(userId: string, email: string): Promise<{ user: User; previousEmail: string }> {
    const { users, clock } = this.deps;
    const user = await users.lockById(userId);
    const previousEmail = user.email;
    const changed = await users.update(user, {
      email: spell(email),
      emailVerified: true,
      tokenVersion: user.tokenVersion + 1,
      updatedAt: clock.now(),
    });
    return { user: changed, previousEmail };
  }

  /** Writes to the person in the language that this request asks for, from now on. */
  async rememberLanguage(user: User): Promise<void> {
    const wanted = currentContext()?.language ?? null;
    if (wanted !== null && wanted !== user.language) await this.deps.users.setLanguage(user.id, wanted);
  }
}
