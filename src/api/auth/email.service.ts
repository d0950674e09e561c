import type { Transaction } from '../../db/database.ts';
import type { Caller } from '../../http/route.ts';
import type { AttemptPolicy, Attempts } from '../../core/ports.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import { attemptSubject, userErrors, type VerifiedChange, type User, type Users } from '../users/index.ts';
import { authErrors } from './auth.errors.ts';
import { authMessages } from './auth.messages.ts';
import type { ChangeEmailBody } from './auth.validation.ts';
import type { Links } from './links.ts';

interface EmailServiceDeps {
  readonly users: Users;
  readonly links: Links;
  readonly mails: Mails;
  readonly attempts: Attempts;
  readonly audit: Audit;
  readonly transaction: Transaction;
  /** Clears the session cache of this process. */
  readonly invalidateSessions: () => void;
}

/** Limits the mails of one kind to one user to five per hour. */
export const mailAttempts: AttemptPolicy = { limit: 5, windowSeconds: 3_600, lockSeconds: [3_600] };

/** Verifies and changes e-mail addresses. */
export class EmailService {
  constructor(private readonly deps: EmailServiceDeps) {}

  /** Sends the link that verifies the account's address. Requires an open transaction. */
  async sendVerification(user: User): Promise<void> {
    const { links, mails } = this.deps;
    const token = await links.issue(user.id, 'verify-email', user.email);
    await mails.send(user, authMessages.mails.verifyEmail, { link: mails.linkTo('verify-email', token) });
  }

  /** Sends the verification link again, unless the address is verified or the mail limit is reached. */
  async resend(userId: string): Promise<void> {
    const { users, attempts, transaction } = this.deps;
    const user = await users.findById(userId);
    if (user === null || user.emailVerified) return;
    if ((await attempts.charge(attemptSubject(userId), 'mail:verify', mailAttempts)) === null) return;
    await transaction(() => this.sendVerification(user));
  }

  /** Marks the address of a link as verified. Throws `AUTH_INVALID_LINK` for an invalid, used or expired token. */
  async verify(token: string): Promise<void> {
    const { users, links, audit, transaction } = this.deps;
    await users.prepareVerification((await links.get(token, 'verify-email')).userId);
    await transaction(async () => {
      const link = await links.consume(token, 'verify-email');
      if (link === null) throw authErrors.invalidLink();
      const change = await users.confirmEmail(link.userId, link.email);
      await audit.record({ type: 'auth.email_verified', subjectId: link.userId, actorId: link.userId });
      await this.#notifyRemoved(change);
    });
  }

  /**
   * Sends a link to the new address and a notice to the old one. If the new address is taken, sends no link but returns
   * the same result, so that the caller does not learn whether an account exists.
   */
  async requestChange(
    { userId, tokenVersion }: Caller,
    { email: address, password }: ChangeEmailBody,
  ): Promise<void> {
    const { users, links, mails, attempts, audit, transaction } = this.deps;
    if (!(await users.isPassword(userId, password))) throw userErrors.wrongPassword();
    const user = await users.findById(userId);
    const attempt = await attempts.charge(attemptSubject(userId), 'mail:change', mailAttempts);
    if (user === null || attempt === null || user.email === address) return;
    const isFree = (await users.findByEmail(address)) === null;
    await transaction(async () => {
      // Check the token version again, because the password may have been changed during the comparison.
      if (!(await users.lockActiveAtVersion(userId, tokenVersion))) throw userErrors.wrongPassword();
      const token = await links.issue(userId, 'change-email', address);
      await audit.record({ type: 'auth.email_change_requested', subjectId: userId });
      await mails.send(user, authMessages.mails.emailChange, { isDone: false });
      const link = mails.linkTo('confirm-email', token);
      const reader = { language: user.language, name: null, emailVerified: false };
      if (isFree) await mails.send({ ...reader, email: address }, authMessages.mails.confirmEmail, { link });
    });
  }

  /**
   * Changes the address to the one in the link. Throws `AUTH_INVALID_LINK`, or `AUTH_EMAIL_TAKEN` if another account
   * has taken the address since.
   */
  async confirmChange(token: string): Promise<void> {
    const { users, links, mails, audit, transaction, invalidateSessions } = this.deps;
    await users.prepareVerification((await links.get(token, 'change-email')).userId);
    await transaction(async () => {
      const link = await links.consume(token, 'change-email');
      if (link === null) throw authErrors.invalidLink();
      const change = await users.changeEmail(link.userId, link.email);
      const { user, previous } = change;
      // Links sent to the old address must no longer work.
      await links.revokeAllFor(user.id);
      await audit.record({ type: 'auth.email_changed', subjectId: user.id, actorId: user.id });
      await mails.send(previous, authMessages.mails.emailChange, { isDone: true });
      await this.#notifyRemoved(change);
    });
    invalidateSessions();
  }

  /**
   * Notifies the owner of the access that the first verification of the address removed. Omits the account name,
   * because someone else may have set it.
   */
  async #notifyRemoved({ user, previous, notices }: VerifiedChange): Promise<void> {
    const reader = { ...previous, email: user.email };
    if (notices.length > 0)
      await this.deps.mails.send(reader, authMessages.mails.addressConfirmed, {
        notices: notices.map((notice) => notice[reader.language]),
      });
  }
}
