import type { KeyObject } from 'node:crypto';
import type { Attempts, PasswordHasher } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import { createKeyedLock } from '../../utils/keyed-lock.ts';
import type { Audit } from '../audit/index.ts';
import { passwordAttempts, type Users } from '../users/index.ts';
import { accountSubject } from './account-subject.ts';
import { authErrors } from './auth.errors.ts';
import type { LoginBody, RegisterBody } from './auth.validation.ts';
import type { DeviceTokens } from './device-token.ts';
import type { EmailService } from './email.service.ts';
import type { SignInService } from './sign-in.service.ts';
import type { Admission, Device, SignedIn } from './sign-in.ts';

interface AuthServiceDeps {
  readonly users: Users;
  readonly signIns: SignInService;
  readonly emails: EmailService;
  readonly attempts: Attempts;
  readonly deviceTokens: DeviceTokens;
  readonly accountNames: KeyObject;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly hasher: PasswordHasher;
}

/** Registers accounts and signs users in with a password. */
export class AuthService {
  readonly #lock = createKeyedLock();

  constructor(private readonly deps: AuthServiceDeps) {}

  /**
   * Registers an account and signs it in. Serializes concurrent calls for one address, so that only the first call
   * computes a password hash.
   */
  register(body: RegisterBody, device: Device): Promise<SignedIn> {
    return this.#lock(body.email, () => this.#register(body, device));
  }

  /**
   * Signs a user in with a password. Throws `AUTH_INVALID_CREDENTIALS` for every failure, after the same work. Counts
   * the attempt before comparing the password, even if no account has the address. A device on which the user has
   * signed in before has its own counter, so that other people cannot lock the owner out.
   */
  async login({ email, password }: LoginBody, device: Device): Promise<Admission> {
    const { users, signIns, attempts, deviceTokens, accountNames, hasher } = this.deps;
    const account = accountSubject(accountNames, email);
    const user = await users.findByEmail(email);
    const deviceId = user === null ? null : deviceTokens.read(device.token, user);
    const kind = deviceId === null ? 'stranger' : `device:${deviceId}`;
    let attempt: number | null = null;
    const isRight = await hasher.verify(password, async () => {
      attempt = await attempts.charge(account, kind, passwordAttempts);
      return attempt === null ? null : (user?.passwordHash ?? null);
    });
    if (user === null || !isRight || user.status !== 'active') {
      await this.#recordFailure(account, user?.id ?? null, attempt);
      throw authErrors.invalidCredentials();
    }
    await attempts.clear(account, kind);
    if (user.passwordHash !== null && hasher.isOutdated(user.passwordHash))
      await users.replacePasswordHash(user.id, await hasher.hash(password), user.passwordHash);
    await users.rememberLanguage(user);
    return signIns.admit(user, device, 'password');
  }

  async #register({ email, password, name }: RegisterBody, device: Device): Promise<SignedIn> {
    const { users, signIns, emails, audit, transaction } = this.deps;
    const user = await users.prepare({ email, password, name, roles: ['user'] });
    // Store everything in one transaction. If the request fails with 503, a retry must not find the address taken.
    return transaction(async () => {
      await users.insert(user);
      await audit.record({ type: 'auth.registered', subjectId: user.id, actorId: user.id });
      await emails.sendVerification(user);
      return signIns.start(user, device, { method: 'registration', hasMfa: false });
    });
  }

  async #recordFailure(account: string, userId: string | null, attempt: number | null): Promise<void> {
    const { audit } = this.deps;
    const failed = { subjectId: userId, actorId: null };
    const details = { account, isLocked: attempt === null };
    await audit.record({ ...failed, type: 'auth.sign_in_failed', details });
    if (attempt === passwordAttempts.limit)
      await audit.record({ ...failed, type: 'auth.account_locked', details: { account } });
  }
}
