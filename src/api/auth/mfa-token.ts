import type { Clock } from '../../core/ports.ts';
import type { SignedTokens } from './signed-token.ts';

/** Who has shown the first factor, and the version of their access that it was shown for. */
export interface PendingSignIn {
  readonly userId: string;
  readonly tokenVersion: number;
}

/** Stands between the first factor and the second; good for five minutes, and for nothing else. */
export interface MfaTokens {
  issue(pending: PendingSignIn): string;
  read(token: string): PendingSignIn | null;
}

const lifeMs = 5 * 60_000;

export const createMfaTokens = (tokens: SignedTokens, clock: Clock): MfaTokens => ({
  issue: ({ userId, tokenVersion }) =>
    tokens.issue(userId, String(tokenVersion), String(clock.now().getTime() + lifeMs)),
  read: (token) => {
    const [userId, tokenVersion, expiresAtMs] = tokens.read(token) ?? [];
    if (userId === undefined || Number(expiresAtMs) <= clock.now().getTime()) return null;
    return { userId, tokenVersion: Number(tokenVersion) };
  },
});
