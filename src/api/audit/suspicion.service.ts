import type { Ids, Logger } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import { toAuditEvent } from './audit-entry.ts';
import type { AuditEventRepository } from './audit-event.repository.ts';
import type { Background } from './background.ts';
import { refusalsMax, refusalWindowMs, type RefusalCounter } from './refusal-watch.ts';

interface SuspicionServiceDeps {
  readonly events: AuditEventRepository;
  readonly transaction: Transaction;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly refusals: RefusalCounter;
  readonly background: Background;
}

/** Event type of failed sign-ins. `details.account` identifies accounts without naming them. */
export const failedSignIn = 'auth.sign_in_failed';

const spraying = {
  failure: failedSignIn,
  finding: 'security.password_spraying',
  accountsMin: 10,
  windowSeconds: 15 * 60,
};
const manyRefusals = 'security.many_refusals';

/** Detects suspicious patterns across events and records each as an event, in the background. */
export class SuspicionService {
  constructor(private readonly deps: SuspicionServiceDeps) {}

  /** Checks whether this IP address tries many accounts. */
  signInFailed(ip: string): void {
    this.deps.background.add(`${spraying.finding} ${ip}`, () => this.#reportSpraying(ip));
  }

  /** Detects repeated 403s by one user. */
  refused(userId: string): void {
    const { events, ids, logger, refusals, background } = this.deps;
    if (!refusals.countAndCheckLimit(userId)) return;
    const details = { refusals: refusalsMax, windowSeconds: refusalWindowMs / 1_000 };
    logger.warn('A user received many 403 responses within minutes.', {
      event: manyRefusals,
      userId,
      ...details,
    });
    // Create the event before the background work starts, because only here is the request context known.
    const event = toAuditEvent(ids.next(), { type: manyRefusals, subjectId: userId, details });
    background.add(`${manyRefusals} ${userId}`, () => events.insert(event));
  }

  async #reportSpraying(ip: string): Promise<void> {
    const { events, transaction, ids, logger } = this.deps;
    const accounts = await transaction(() => events.insertSpraying(ids.next(), ip, spraying));
    if (accounts === null) return;
    logger.warn('Sign-ins to many accounts failed from one IP address.', {
      event: spraying.finding,
      ip,
      accounts,
    });
  }
}
