import type { Clock } from '../../core/ports.ts';
import type { SignedTokens } from './signed-token.ts';

/** A user who has passed the first factor, with the token version at that time. */
export interface PendingSignIn {
  readonly userId: string;
  readonly tokenVersion: number;
}

/**
 * Issues and verifies mfaTokens. A client exchanges its mfaToken and a second factor for a session. An mfaToken is
 * valid for five minutes.
 */
export interface MfaTokens {
  issue(pending: PendingSignIn): string;
  read(token: string): PendingSignIn | null;
}

const ttlMs = 5 * 60_000;

export const createMfaTokens = (tokens: SignedTokens, clock: Clock): MfaTokens => ({
  issue: ({ userId, tokenVersion }) =>
    tokens.issue(userId, String(tokenVersion), String(clock.now().getTime() + ttlMs)),
  read: (token) => {
    const [userId, tokenVersion, expiresAtMs] = tokens.read(token) ?? [];
    if (userId === undefined || Number(expiresAtMs) <= clock.now().getTime()) return null;
    return { userId, tokenVersion: Number(tokenVersion) };
  },
});
