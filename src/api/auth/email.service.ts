import type { Transaction } from '../../db/database.ts';
import type { AttemptPolicy, Attempts } from '../../core/ports.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import { attemptSubject, userErrors, type User, type Users } from '../users/index.ts';
import { authErrors } from './auth.errors.ts';
import { confirmEmailMail, emailChangeNotice, verifyEmailMail } from './auth.mails.ts';
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
  readonly forgetSessions: () => void;
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
    await mails.send(user, verifyEmailMail, { name: user.name, link: mails.linkTo('verify-email', token) });
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
    await transaction(async () => {
      const link = await links.consume(token, 'verify-email');
      if (link === null) throw authErrors.invalidLink();
      await users.confirmEmail(link.userId, link.email);
      await audit.record({ type: 'auth.email_verified', subjectId: link.userId, actorId: link.userId });
    });
  }

  /**
   * Sends a link to the new address and a notice to the old one. Answers alike for an address that is taken,
   * to which nothing is sent: whose addresses there are is nobody's business.
   */
  async requestChange(userId: string, { email: address, password }: ChangeEmailBody): Promise<void> {
    const { users, links, mails, attempts, audit, transaction } = this.deps;
    if (!(await users.isPassword(userId, password))) throw userErrors.wrongPassword();
    const user = await users.findById(userId);
    const attempt = await attempts.charge(attemptSubject(userId), 'mail:change', mailAttempts);
    if (user === null || attempt === null || user.email === address) return;
    const isFree = (await users.findByEmail(address)) === null;
    await transaction(async () => {
      const token = await links.issue(userId, 'change-email', address);
      await audit.record({ type: 'auth.email_change_requested', subjectId: userId });
      await mails.send(user, emailChangeNotice, { name: user.name, isDone: false });
      const link = mails.linkTo('confirm-email', token);
      if (isFree)
        await mails.send({ email: address, language: user.language }, confirmEmailMail, {
          name: user.name,
          link,
        });
    });
  }

  /** Throws `AUTH_INVALID_LINK`, or `AUTH_EMAIL_TAKEN` when the address has become somebody else's meanwhile. */
  async confirmChange(token: string): Promise<void> {
    const { users, links, mails, audit, transaction, forgetSessions } = this.deps;
    await transaction(async () => {
      const link = await links.consume(token, 'change-email');
      if (link === null) throw authErrors.invalidLink();
      const { user, previousEmail } = await users.changeEmail(link.userId, link.email);
      // Links that were sent to the old address must not open the account any more.
      await links.revokeAllFor(user.id);
      await audit.record({ type: 'auth.email_changed', subjectId: user.id, actorId: user.id });
      await mails.send({ email: previousEmail, language: user.language }, emailChangeNotice, {
        name: user.name,
        isDone: true,
      });
    });
    forgetSessions();
  }
}
