import type { Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import type { User, Users } from '../users/index.ts';
import { newDeviceMail } from './auth.mails.ts';
import type { DeviceTokens } from './device-token.ts';
import type { MfaTokens } from './mfa-token.ts';
import type { Device, SessionService, Tokens } from './session.service.ts';

interface SignInServiceDeps {
  readonly users: Users;
  readonly sessions: SessionService;
  readonly deviceTokens: DeviceTokens;
  readonly mfaTokens: MfaTokens;
  readonly transaction: Transaction;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly ids: Ids;
}

/** A second factor that an account can turn on. */
export interface SecondFactor {
  isOnFor(userId: string): Promise<boolean>;
}

/** A signed-in user: the tokens for the client, and the token that identifies the device. */
export interface SignedIn extends Tokens {
  readonly user: User;
  readonly deviceToken: string;
}

/** A sign-in that waits for the second factor. */
export interface MfaPending {
  readonly mfaToken: string;
}

export type Admission = SignedIn | MfaPending;

/** How the user signed in, for the audit trail. */
export type SignInMethod = 'registration' | 'password' | 'password_change' | 'mfa' | 'oidc';

/** Completes a sign-in: requires a second factor if the account has one, then starts a session. */
export class SignInService {
  readonly #factors: SecondFactor[] = [];

  constructor(private readonly deps: SignInServiceDeps) {}

  addSecondFactor(factor: SecondFactor): void {
    this.#factors.push(factor);
  }

  /** Signs in a user who has passed the first factor, or returns an mfaToken if the account has a second factor. */
  async admit(user: User, device: Device, method: SignInMethod): Promise<Admission> {
    for (const factor of this.#factors) {
      if (await factor.isOnFor(user.id))
        return { mfaToken: this.deps.mfaTokens.issue({ userId: user.id, tokenVersion: user.tokenVersion }) };
    }
    return this.start(user, device, { method, hasMfa: false });
  }

  /** Returns the account of an mfaToken, or null if the token is invalid or expired. */
  async findPending(mfaToken: string): Promise<User | null> {
    const pending = this.deps.mfaTokens.read(mfaToken);
    const user = pending === null ? null : await this.deps.users.findById(pending.userId);
    return user?.status === 'active' && user.tokenVersion === pending?.tokenVersion ? user : null;
  }

  /** Starts a session. Notifies the user of a new device. May run inside a transaction. */
  async start(
    user: User,
    device: Device,
    { method, hasMfa }: { method: SignInMethod; hasMfa: boolean },
  ): Promise<SignedIn> {
    const { sessions, deviceTokens, transaction, audit, mails, ids } = this.deps;
    const deviceId = deviceTokens.read(device.token, user);
    const tokens = await transaction(async () => {
      const isNew = deviceId === null && (await sessions.isNewDevice(user.id, device));
      const started = await sessions.start(user, device, hasMfa);
      const subject = { subjectId: user.id, actorId: user.id };
      await audit.record({ ...subject, type: 'auth.signed_in', details: { method, hasMfa } });
      if (isNew) {
        await audit.record({ ...subject, type: 'security.new_device', details: { method } });
        await mails.send(user, newDeviceMail, {
          device: device.userAgent ?? '?',
          ip: device.ip,
        });
      }
      return started;
    });
    return { user, ...tokens, deviceToken: deviceTokens.issue(user, deviceId ?? ids.next()) };
  }
}
