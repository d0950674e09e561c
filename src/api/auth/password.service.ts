import { setTimeout as sleep } from 'node:timers/promises';
import type { Texts } from '../../core/languages.ts';
import type { Attempts, PasswordHasher } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Recipient, Mails } from '../mail/index.ts';
import { attemptSubject, userErrors, type Users } from '../users/index.ts';
import { authErrors } from './auth.errors.ts';
import { authMessages } from './auth.messages.ts';
import type { ChangePasswordBody, ResetPasswordBody } from './auth.validation.ts';
import { mailAttempts } from './email.service.ts';
import type { Links } from './links.ts';
import type { SessionService } from './session.service.ts';
import type { SignInService } from './sign-in.service.ts';
import type { Device, SignedIn } from './sign-in.ts';

interface PasswordServiceDeps {
  readonly users: Users;
  readonly links: Links;
  readonly mails: Mails;
  readonly sessions: SessionService;
  readonly signIns: SignInService;
  readonly attempts: Attempts;
  readonly audit: Audit;
  readonly hasher: PasswordHasher;
  readonly transaction: Transaction;
}

// A request for a reset takes at least this long. Issuing a link takes less, so the response time does not reveal
// whether the account exists.
const requestResetMs = 200;

/** Changes passwords (with the current one) and resets them (with a mailed link). */
export class PasswordService {
  constructor(private readonly deps: PasswordServiceDeps) {}

  /** Sends a reset link if the account exists. Takes the same time if no account exists. */
  async requestReset(email: string): Promise<void> {
    await Promise.all([this.#sendReset(email), sleep(requestResetMs)]);
  }

  /** Sets a password with the token of a mailed link and ends all sessions. Throws `AUTH_INVALID_LINK`. */
  async reset({ token, password }: ResetPasswordBody): Promise<void> {
    const { users, links, hasher, sessions, signIns, audit, transaction } = this.deps;
    const found = await links.get(token, 'reset-password');
    users.assertStrongPassword(password, { email: found.email, path: 'password' });
    await users.prepareVerification(found.userId);
    // Hash before the transaction, so that no connection is held meanwhile.
    const passwordHash = await hasher.hash(password);
    await transaction(async () => {
      const link = await links.consume(token, 'reset-password');
      if (link === null) throw authErrors.invalidLink();
      // The link proves control of the mailbox, so the address is verified too.
      const { user, previous, notices } = await users.resetPassword(link.userId, passwordHash, link.email);
      if (user.status !== 'active') throw authErrors.invalidLink();
      await audit.record({ type: 'auth.password_reset', subjectId: user.id, actorId: user.id });
      await this.#endAll(user.id, previous, notices);
      await signIns.unlock(user);
    });
    sessions.invalidateCache();
  }

  /** Changes the password, ends all sessions and starts a new one. Throws `USERS_WRONG_PASSWORD`. */
  async change(
    userId: string,
    { currentPassword, newPassword }: ChangePasswordBody,
    device: Device,
    { hasMfa }: { hasMfa: boolean },
  ): Promise<SignedIn> {
    const { users, hasher, sessions, signIns, audit, transaction } = this.deps;
    const before = await users.findById(userId);
    if (before === null || !(await users.isPassword(userId, currentPassword)))
      throw userErrors.wrongPassword();
    users.assertStrongPassword(newPassword, { email: before.email, path: 'newPassword' });
    const passwordHash = await hasher.hash(newPassword);
    const signedIn = await transaction(async () => {
      const user = await users.changePassword(userId, passwordHash, before.passwordHash);
      await audit.record({ type: 'auth.password_changed', subjectId: userId });
      await this.#endAll(user.id, user, []);
      return signIns.start(user, device, { method: 'password_change', hasMfa });
    });
    sessions.invalidateCache();
    return signedIn;
  }

  async #sendReset(email: string): Promise<void> {
    const { users, links, mails, attempts, audit, transaction } = this.deps;
    const user = await users.findByEmail(email);
    if (user?.status !== 'active') return;
    if ((await attempts.charge(attemptSubject(user.id), 'mail:reset', mailAttempts)) === null) return;
    await transaction(async () => {
      const token = await links.issue(user.id, 'reset-password', user.email);
      await audit.record({ type: 'auth.password_reset_requested', subjectId: user.id, actorId: null });
      const link = mails.linkTo('reset-password', token);
      await mails.send(user, authMessages.mails.resetPassword, { link });
    });
  }

  async #endAll(userId: string, reader: Recipient, notices: readonly Texts[]): Promise<void> {
    const { links, mails, sessions } = this.deps;
    await links.revokeAllFor(userId);
    await sessions.revokeAllFor(userId, 'password');
    await mails.send(reader, authMessages.mails.passwordChanged, {
      notices: notices.map((notice) => notice[reader.language]),
    });
  }
}
