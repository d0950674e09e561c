import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

/** The parts of a refresh token. Do not trust them before `isGenuine` has checked the MAC. */
export interface ParsedRefreshToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly mac: Buffer;
}

interface TokenSession {
  readonly id: string;
  readonly salt: string;
  readonly keyId: string;
}

// Accepts a token only if its last two bits are zero. The 43 characters hold two bits more than the MAC. With other
// bits, each token would have four encodings.
const tokenPattern =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/** Parses a refresh token. Returns null if the text is malformed. */
export function parseRefreshToken(token: string): ParsedRefreshToken | null {
  const [, sessionId, generation, mac] = tokenPattern.exec(token) ?? [];
  if (sessionId === undefined || mac === undefined) return null;
  return { sessionId, generation: Number(generation), mac: Buffer.from(mac, 'base64url') };
}

/**
 * Issues and verifies refresh tokens of the form `<session id>.<generation>.<HMAC-SHA-256>`. An attacker needs both the
 * salt, which is in the database, and the key to forge a token. Tokens of every generation are recognized without being
 * stored.
 */
export function createRefreshTokens(keys: KeyRing) {
  const macOf = ({ id, salt, keyId }: TokenSession, generation: number): Buffer => {
    // For an unknown key, do the same work, so that the time reveals nothing. The result matches no token.
    const key = keys.find(keyId);
    const mac = createHmac('sha256', (key ?? keys.current).refreshTokens)
      .update(`rt1|${salt}|${id}|${generation}`)
      .digest();
    return key === undefined ? Buffer.alloc(mac.length) : mac;
  };

  return {
    issue: (session: TokenSession, generation: number): string =>
      `${session.id}.${generation}.${macOf(session, generation).toString('base64url')}`,

    /** Returns true if the token was issued for this session. Takes the same time if the session is null. */
    isGenuine: (
      { sessionId, generation, mac }: ParsedRefreshToken,
      session: TokenSession | null,
    ): boolean => {
      const expected = macOf(session ?? { id: sessionId, salt: '', keyId: '' }, generation);
      return timingSafeEqual(mac, expected) && session !== null && keys.find(session.keyId) !== undefined;
    },
  };
}

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;
