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

/** The event whose `details.account` tells accounts apart without naming them. */
export const failedSignIn = 'auth.sign_in_failed';

const spraying = {
  failure: failedSignIn,
  finding: 'security.password_spraying',
  accountsMin: 10,
  windowSeconds: 15 * 60,
};
const manyRefusals = 'security.many_refusals';

/** Finds what no single event tells, and makes an event of it; whoever caused it neither waits nor notices. */
export class SuspicionService {
  constructor(private readonly deps: SuspicionServiceDeps) {}

  /** Looks whether this address tries one account after another. */
  signInFailed(ip: string): void {
    this.deps.background.add(`${spraying.finding} ${ip}`, () => this.#reportSpraying(ip));
  }

  /** Looks whether this user tries one closed door after another. */
  refused(userId: string): void {
    const { events, ids, logger, refusals, background } = this.deps;
    if (!refusals.countAndCheckLimit(userId)) return;
    const details = { refusals: refusalsMax, windowSeconds: refusalWindowMs / 1_000 };
    logger.warn('A user was refused many times within minutes.', { event: manyRefusals, userId, ...details });
    // Made here and now, where it is known from which request.
    const event = toAuditEvent(ids.next(), { type: manyRefusals, subjectId: userId, details });
    background.add(`${manyRefusals} ${userId}`, () => events.insert(event));
  }

  async #reportSpraying(ip: string): Promise<void> {
    const { events, transaction, ids, logger } = this.deps;
    const accounts = await transaction(() => events.insertSpraying(ids.next(), ip, spraying));
    if (accounts === null) return;
    logger.warn('One address failed to sign in to many accounts.', {
      event: spraying.finding,
      ip,
      accounts,
    });
  }
}
