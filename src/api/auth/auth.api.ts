import type { User } from '../users/index.ts';
import type { Session } from './session.model.ts';
import type { SignInReplies } from './sign-in-replies.ts';
import type { Admission, Device, SignedIn, SignInMethod } from './sign-in.ts';

/** A second factor that an account can turn on. */
export interface SecondFactor {
  isOnFor(userId: string): Promise<boolean>;
}

/** Interface of the auth module for other modules. */
export interface Auth {
  /** Registers a second factor. Each sign-in checks it from then on. */
  addSecondFactor(factor: SecondFactor): void;
  /** Returns the account of an mfaToken, or null if the token is invalid or expired. */
  findPending(mfaToken: string): Promise<User | null>;
  /** Signs in a user who has passed the first factor, or returns an mfaToken if the account has a second factor. */
  admit(user: User, device: Device, method: SignInMethod): Promise<Admission>;
  /** Signs in a user who has passed both factors. */
  admitWithMfa(user: User, device: Device): Promise<SignedIn>;
  /**
   * Records a change of the second factor and revokes all access tokens of the user. `sessionId` is the session in
   * which the factor was turned on, or null if the factor was turned off.
   */
  changeSecondFactor(userId: string, sessionId: string | null): Promise<void>;
  /** Returns the active sessions of a user, newest first. */
  sessionsOf(userId: string): Promise<Session[]>;
  /** Ends all sessions of a user and revokes all access tokens. */
  endAllSessions(userId: string): Promise<void>;
  /** Clears the failed password attempts of a user, both at sign-in and while signed in. Lifts a lockout. */
  unlock(user: Pick<User, 'id' | 'email'>): Promise<void>;
  /** Builds sign-in responses and reads the device of a request. */
  readonly replies: SignInReplies;
}
