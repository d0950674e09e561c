import type { Transaction } from '../../db/database.ts';
import type { Caller } from '../../http/route.ts';
import type { AttemptPolicy, Attempts } from '../../core/ports.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import { attemptSubject, userErrors, type VerifiedChange, type User, type Users } from '../users/index.ts';
import { authErrors } from './auth.errors.ts';
import { addressConfirmedMail, confirmEmailMail, emailChangeNotice, verifyEmailMail } from './auth.mails.ts';
import type { ChangeEmailBody } from './auth.validation.ts';
import type { Links } from './links.ts';

interface EmailServiceDeps {
  readonly users: Users;
  readonly links: Links;
  readonly mails: Mails;
  readonly attempts: Attempts;
  readonly audit: Audit;
  readonly transaction: Transaction;
  /** Ends what this process remembers of sessions. */
  readonly invalidateSessions: () => void;
}

/** Nobody's inbox is to be filled by pressing a button: five mails an hour of a kind. */
export const mailAttempts: AttemptPolicy = { limit: 5, windowSeconds: 3_600, lockSeconds: [3_600] };

/** Addresses: shown to be their owner's, and changed to others that are. */
export class EmailService {
  constructor(private readonly deps: EmailServiceDeps) {}

  /** Sends the link that confirms the account's address; needs an open transaction. */
  async sendVerification(user: User): Promise<void> {
    const { links, mails } = this.deps;
    const token = await links.issue(user.id, 'verify-email', user.email);
    await mails.send(user, verifyEmailMail, { link: mails.linkTo('verify-email', token) });
  }

  /** Sends it again, where that is of any use. */
  async resend(userId: string): Promise<void> {
    const { users, attempts, transaction } = this.deps;
    const user = await users.findById(userId);
    if (user === null || user.emailVerified) return;
    if ((await attempts.charge(attemptSubject(userId), 'mail:verify', mailAttempts)) === null) return;
    await transaction(() => this.sendVerification(user));
  }

  /** Throws `AUTH_INVALID_LINK` for a token that is not good (any more). */
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
   * Sends a link to the new address and a notice to the old one. Answers alike for an address that is taken,
   * to which nothing is sent: whose addresses there are is nobody's business.
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
      // While the password was compared, the owner may have taken the account back with another one.
      if (!(await users.lockActiveAtVersion(userId, tokenVersion))) throw userErrors.wrongPassword();
      const token = await links.issue(userId, 'change-email', address);
      await audit.record({ type: 'auth.email_change_requested', subjectId: userId });
      await mails.send(user, emailChangeNotice, { isDone: false });
      const link = mails.linkTo('confirm-email', token);
      const reader = { language: user.language, name: null, emailVerified: false };
      if (isFree) await mails.send({ ...reader, email: address }, confirmEmailMail, { link });
    });
  }

  /** Throws `AUTH_INVALID_LINK`, or `AUTH_EMAIL_TAKEN` when the address has become somebody else's meanwhile. */
  async confirmChange(token: string): Promise<void> {
    const { users, links, mails, audit, transaction, invalidateSessions } = this.deps;
    await users.prepareVerification((await links.get(token, 'change-email')).userId);
    await transaction(async () => {
      const link = await links.consume(token, 'change-email');
      if (link === null) throw authErrors.invalidLink();
      const change = await users.changeEmail(link.userId, link.email);
      const { user, previous } = change;
      // Links that were sent to the old address must not open the account any more.
      await links.revokeAllFor(user.id);
      await audit.record({ type: 'auth.email_changed', subjectId: user.id, actorId: user.id });
      await mails.send(previous, emailChangeNotice, { isDone: true });
      await this.#notifyRemoved(change);
    });
    invalidateSessions();
  }

  /** Tells the owner what the first proof of their address has removed, without the name that someone gave before it. */
  async #notifyRemoved({ user, previous, notices }: VerifiedChange): Promise<void> {
    const reader = { ...previous, email: user.email };
    if (notices.length > 0) await this.deps.mails.send(reader, addressConfirmedMail, { notices });
  }
}
