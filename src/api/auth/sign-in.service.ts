import type { KeyObject } from 'node:crypto';
import type { Attempts, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import { attemptSubject, type User, type Users } from '../users/index.ts';
import { accountSubject } from './account-subject.ts';
import type { Auth, SecondFactor } from './auth.api.ts';
import { authMessages } from './auth.messages.ts';
import type { DeviceTokens } from './device-token.ts';
import type { MfaTokens } from './mfa-token.ts';
import type { Session } from './session.model.ts';
import type { SessionService } from './session.service.ts';
import type { SignInReplies } from './sign-in-replies.ts';
import type { Admission, Device, SignedIn, SignInMethod } from './sign-in.ts';

interface SignInServiceDeps {
  readonly users: Users;
  readonly sessions: SessionService;
  readonly deviceTokens: DeviceTokens;
  readonly mfaTokens: MfaTokens;
  readonly accountNames: KeyObject;
  readonly attempts: Attempts;
  readonly replies: SignInReplies;
  readonly transaction: Transaction;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly ids: Ids;
}

/** Completes a sign-in: requires a second factor if the account has one, then starts a session. */
export class SignInService implements Auth {
  readonly replies: SignInReplies;
  readonly #factors: SecondFactor[] = [];

  constructor(private readonly deps: SignInServiceDeps) {
    this.replies = deps.replies;
  }

  addSecondFactor(factor: SecondFactor): void {
    this.#factors.push(factor);
  }

  async admit(user: User, device: Device, method: SignInMethod): Promise<Admission> {
    for (const factor of this.#factors) {
      if (await factor.isOnFor(user.id))
        return { mfaToken: this.deps.mfaTokens.issue({ userId: user.id, tokenVersion: user.tokenVersion }) };
    }
    return this.start(user, device, { method, hasMfa: false });
  }

  async findPending(mfaToken: string): Promise<User | null> {
    const pending = this.deps.mfaTokens.read(mfaToken);
    const user = pending === null ? null : await this.deps.users.findById(pending.userId);
    return user?.status === 'active' && user.tokenVersion === pending?.tokenVersion ? user : null;
  }

  admitWithMfa(user: User, device: Device): Promise<SignedIn> {
    return this.start(user, device, { method: 'mfa', hasMfa: true });
  }

  changeSecondFactor(userId: string, sessionId: string | null): Promise<void> {
    return this.deps.sessions.changeSecondFactor(userId, sessionId);
  }

  sessionsOf(userId: string): Promise<Session[]> {
    return this.deps.sessions.list(userId);
  }

  endAllSessions(userId: string): Promise<void> {
    return this.deps.sessions.endAll(userId);
  }

  async unlock({ id, email }: Pick<User, 'id' | 'email'>): Promise<void> {
    const { attempts, accountNames } = this.deps;
    await attempts.clear(accountSubject(accountNames, email));
    await attempts.clear(attemptSubject(id));
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
        await mails.send(user, authMessages.mails.newDevice, {
          device: device.userAgent ?? '?',
          ip: device.ip,
        });
      }
      return started;
    });
    return { user, ...tokens, deviceToken: deviceTokens.issue(user, deviceId ?? ids.next()) };
  }
}
