import { coreErrors } from '../../core/errors.ts';
import type { Caller } from '../../http/route.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Auth, Device, SignedIn } from '../auth/index.ts';
import type { Mails } from '../mail/index.ts';
import { userErrors, type User, type Users } from '../users/index.ts';
import type { CodeService } from './code.service.ts';
import { mfaErrors } from './mfa.errors.ts';
import { mfaMessages } from './mfa.messages.ts';
import type {
  BothFactorsBody,
  ConfirmTotpBody,
  MfaView,
  NewTotpView,
  StartTotpBody,
  VerifyMfaBody,
} from './mfa.validation.ts';
import type { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { newTotpSecret, otpauthUrlOf } from './totp.ts';
import type { TotpRepository } from './totp.repository.ts';

interface MfaServiceDeps {
  readonly totps: TotpRepository;
  readonly recoveryCodes: RecoveryCodeRepository;
  readonly codes: CodeService;
  readonly users: Users;
  readonly auth: Auth;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly transaction: Transaction;
  /** The name under which apps show the codes. */
  readonly issuer: string;
}

/**
 * Turns the second factor on and off and verifies it at sign-in. To avoid deadlocks, code verification locks the
 * credential first and the user second.
 */
export class MfaService {
  constructor(private readonly deps: MfaServiceDeps) {}

  async describe(userId: string): Promise<MfaView> {
    const { totps, recoveryCodes } = this.deps;
    return {
      totp: await totps.exists(userId, 'confirmed'),
      recoveryCodesLeft: await recoveryCodes.countUnused(userId),
    };
  }

  /**
   * Creates a secret for an app, replacing one that was never confirmed. Throws `USERS_WRONG_PASSWORD` or
   * `MFA_ALREADY_ON`.
   */
  async start({ userId, tokenVersion }: Caller, { password }: StartTotpBody): Promise<NewTotpView> {
    const { totps, users, transaction, issuer } = this.deps;
    const { email } = await this.#withPassword(userId, password);
    const secret = newTotpSecret();
    await transaction(async () => {
      // Check the token version again, because the account may have been erased, or its password reset, since
      // authentication.
      if (!(await users.lockActiveAtVersion(userId, tokenVersion))) throw coreErrors.unauthenticated();
      if (!(await totps.insert({ userId, secret }))) throw mfaErrors.alreadyOn();
    });
    return { secret, otpauthUrl: otpauthUrlOf(secret, { issuer, label: email }) };
  }

  /**
   * Turns on the second factor with a first code of the app. Returns the recovery codes. This session counts as signed
   * in with both factors. Revokes all access tokens. Throws `MFA_NOT_STARTED` or `MFA_INVALID_CODE`.
   */
  async confirm({ userId, sessionId, tokenVersion }: Caller, { code }: ConfirmTotpBody): Promise<string[]> {
    const { totps, codes, users, auth, audit, mails } = this.deps;
    const user = await this.#find(userId);
    if (!(await totps.exists(userId, 'pending'))) throw mfaErrors.notStarted();
    const made = await codes.attempt(userId, async () => {
      const totp = await totps.lock(userId, 'pending');
      if (totp === null || !(await users.lockActiveAtVersion(userId, tokenVersion))) return null;
      if (!(await codes.useTotp(totp, code))) return null;
      await totps.confirm(userId);
      await audit.record({ type: 'mfa.turned_on', subjectId: userId });
      await mails.send(user, mfaMessages.mails.turnedOn, {});
      const recoveryCodes = await this.#replaceRecoveryCodes(userId);
      await auth.changeSecondFactor(userId, sessionId);
      return recoveryCodes;
    });
    if (made === null) throw mfaErrors.invalidCode();
    return made;
  }

  /**
   * Turns off the second factor and revokes all access tokens. Throws `USERS_WRONG_PASSWORD`, `MFA_NOT_ON` or
   * `MFA_INVALID_CODE`.
   */
  async turnOff(userId: string, body: BothFactorsBody): Promise<void> {
    const { audit, mails } = this.deps;
    await this.#withBothFactors(userId, body, async (user) => {
      await this.#delete(userId);
      await audit.record({ type: 'mfa.turned_off', subjectId: userId });
      await mails.send(user, mfaMessages.mails.turnedOff, {});
      return true;
    });
  }

  /**
   * Removes the second factor of another user on behalf of an administrator. Throws `USERS_NOT_FOUND`, `MFA_NOT_ON`, or
   * `MFA_OWN_FACTOR` for the administrator's own account.
   */
  async removeFor(administratorId: string, userId: string): Promise<void> {
    const { users, mails, transaction } = this.deps;
    const user = await users.findById(userId);
    if (user === null) throw userErrors.notFound();
    if (user.id === administratorId) throw mfaErrors.ownFactor();
    await transaction(async () => {
      if (!(await this.remove(user.id, 'administrator'))) throw mfaErrors.notOn();
      await mails.send(user, mfaMessages.mails.removed, {});
    });
  }

  /** Removes the second factor, even an unconfirmed one, in the open transaction. Returns true if the factor was on. */
  async remove(userId: string, reason: 'administrator' | 'mailbox_proven'): Promise<boolean> {
    const { audit } = this.deps;
    const wasOn = await this.#delete(userId);
    if (wasOn) await audit.record({ type: 'mfa.removed', subjectId: userId, details: { reason } });
    return wasOn;
  }

  /** Replaces the recovery codes. Returns the new codes. Throws the same errors as `turnOff`. */
  renewRecoveryCodes(userId: string, body: BothFactorsBody): Promise<string[]> {
    return this.#withBothFactors(userId, body, async () => {
      await this.deps.audit.record({ type: 'mfa.recovery_codes_renewed', subjectId: userId });
      return this.#replaceRecoveryCodes(userId);
    });
  }

  /** Completes a sign-in with a code. Throws `AUTH_INVALID_MFA_CODE` for every failure. */
  async verify({ mfaToken, code }: VerifyMfaBody, device: Device): Promise<SignedIn> {
    const { totps, codes, users, auth } = this.deps;
    const user = await auth.findPending(mfaToken);
    if (user === null) throw mfaErrors.invalidSignIn();
    const signedIn = await codes.attempt(user.id, async () => {
      const totp = await totps.lock(user.id, 'confirmed');
      // Check the token version again, because the password or the second factor may have changed since the first
      // factor was passed.
      if (totp === null || !(await users.lockActiveAtVersion(user.id, user.tokenVersion))) return null;
      return (await codes.use(user, totp, code)) ? auth.admitWithMfa(user, device) : null;
    });
    if (signedIn === null) throw mfaErrors.invalidSignIn();
    return signedIn;
  }

  async #delete(userId: string): Promise<boolean> {
    const { totps, recoveryCodes, auth } = this.deps;
    const wasOn = await totps.deleteFor(userId);
    await recoveryCodes.deleteAllFor(userId);
    if (wasOn) await auth.changeSecondFactor(userId, null);
    return wasOn;
  }

  async #withBothFactors<T>(
    userId: string,
    { password, code }: BothFactorsBody,
    work: (user: User) => Promise<T>,
  ): Promise<T> {
    const { totps, codes } = this.deps;
    const user = await this.#withPassword(userId, password);
    if (!(await totps.exists(userId, 'confirmed'))) throw mfaErrors.notOn();
    const result = await codes.attempt(userId, async () => {
      const totp = await totps.lock(userId, 'confirmed');
      return totp !== null && (await codes.use(user, totp, code)) ? work(user) : null;
    });
    if (result === null) throw mfaErrors.invalidCode();
    return result;
  }

  async #withPassword(userId: string, password: string): Promise<User> {
    if (!(await this.deps.users.isPassword(userId, password))) throw userErrors.wrongPassword();
    return this.#find(userId);
  }

  async #find(userId: string): Promise<User> {
    const user = await this.deps.users.findById(userId);
    if (user === null) throw coreErrors.unauthenticated();
    return user;
  }

  async #replaceRecoveryCodes(userId: string): Promise<string[]> {
    const made = newRecoveryCodes();
    await this.deps.recoveryCodes.replaceAllFor(
      userId,
      made.map((code) => hashOfRecoveryCode(userId, code)),
    );
    return made;
  }
}
