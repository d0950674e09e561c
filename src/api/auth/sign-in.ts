import type { User } from '../users/index.ts';

/** The device that a sign-in comes from. */
export interface Device {
  readonly ip: string;
  readonly userAgent: string | null;
  /** The device token from an earlier sign-in, if any. */
  readonly token: string | undefined;
  /** The refresh token that the device sends, if any. The new session replaces the session of this token. */
  readonly refreshToken: string | undefined;
}

/** How the user signed in, for the audit trail. */
export type SignInMethod = 'registration' | 'password' | 'password_change' | 'mfa' | 'oidc';

/** The tokens that a client receives after a sign-in or a refresh. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
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
