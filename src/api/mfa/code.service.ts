import type { AttemptPolicy, Attempts, Clock } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import { attemptSubject, type User } from '../users/index.ts';
import { mfaMessages } from './mfa.messages.ts';
import type { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { hashOfRecoveryCode } from './recovery-codes.ts';
import { stepOf } from './totp.ts';
import type { Totp, TotpRepository } from './totp.repository.ts';

interface CodeServiceDeps {
  readonly totps: TotpRepository;
  readonly recoveryCodes: RecoveryCodeRepository;
  readonly attempts: Attempts;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly transaction: Transaction;
  readonly clock: Clock;
}

/** Five wrong codes within 15 minutes lock the user out for 5 minutes, and from the second time on for 15 minutes. */
const codeAttempts: AttemptPolicy = { limit: 5, windowSeconds: 15 * 60, lockSeconds: [5 * 60, 15 * 60] };

/** Verifies TOTP and recovery codes. Counts each attempt before the check. Accepts each code once. */
export class CodeService {
  constructor(private readonly deps: CodeServiceDeps) {}

  /**
   * Runs `work` in a transaction. `work` returns null if the code is wrong. Counts the attempt before and outside that
   * transaction, so that no rollback undoes the count. Returns null without running `work` while the user is locked
   * out.
   */
  async attempt<T>(userId: string, work: () => Promise<T | null>): Promise<T | null> {
    const { attempts, audit, transaction } = this.deps;
    const subject = attemptSubject(userId);
    const isCounted = await attempts.charge(subject, 'mfa', codeAttempts);
    const result = isCounted ? await transaction(work) : null;
    if (result !== null) await attempts.clear(subject, 'mfa');
    else {
      const details = { isLocked: !isCounted };
      await audit.record({ type: 'mfa.code_refused', subjectId: userId, details });
    }
    return result;
  }

  /**
   * Consumes a code of the app. Returns false if the code is wrong or not newer than the last used one. Requires a lock
   * on `totp`.
   */
  async useTotp({ userId, secret }: Totp, code: string): Promise<boolean> {
    const { totps, clock } = this.deps;
    const step = stepOf(code.replace(/\s/g, ''), secret, clock.now());
    return step !== null && totps.consumeStep(userId, step);
  }

  /** Consumes a code of the app or a recovery code. Notifies the user if a recovery code was used. */
  async use(user: User, totp: Totp, code: string): Promise<boolean> {
    return (await this.useTotp(totp, code)) || this.#useRecoveryCode(user, code);
  }

  async #useRecoveryCode(user: User, code: string): Promise<boolean> {
    const { recoveryCodes, audit, mails } = this.deps;
    if (!(await recoveryCodes.consume(user.id, hashOfRecoveryCode(user.id, code)))) return false;
    const left = await recoveryCodes.countUnused(user.id);
    await audit.record({
      type: 'mfa.recovery_code_used',
      subjectId: user.id,
      actorId: user.id,
      details: { left },
    });
    await mails.send(user, mfaMessages.mails.recoveryCodeUsed, { left });
    return true;
  }
}
