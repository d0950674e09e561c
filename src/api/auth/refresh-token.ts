import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

/** What a refresh token says about itself; nothing of it is believed before its MAC is checked. */
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

// 43 characters hold two bits more than the MAC: they must be zero, or each token would have four spellings.
const form =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/** Reads a token strictly; null when it has not the form of one. */
export function parseRefreshToken(token: string): ParsedRefreshToken | null {
  const [, sessionId, generation, mac] = form.exec(token) ?? [];
  if (sessionId === undefined || mac === undefined) return null;
  return { sessionId, generation: Number(generation), mac: Buffer.from(mac, 'base64url') };
}

/**
 * Makes and recognises refresh tokens: `<session id>.<generation>.<HMAC-SHA-256>`. Neither the database, which has
 * the salt, nor the key alone can make one; and every generation ever issued is recognised without being stored.
 */
export function createRefreshTokens(keys: KeyRing) {
  const macOf = ({ id, salt, keyId }: TokenSession, generation: number): Buffer => {
    // With an unknown key the same work is done for a MAC that fits nothing.
    const key = keys.find(keyId);
    const mac = createHmac('sha256', (key ?? keys.current).refreshTokens)
      .update(`rt1|${salt}|${id}|${generation}`)
      .digest();
    return key === undefined ? Buffer.alloc(mac.length) : mac;
  };

  return {
    issue: (session: TokenSession, generation: number): string =>
      `${session.id}.${generation}.${macOf(session, generation).toString('base64url')}`,

    /** Whether the token was issued for this session; takes the same time when there is no session. */
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
