import Joi from 'joi';
import jwt from 'jsonwebtoken';
import type { Clock, Ids } from '../../core/ports.ts';
import { arrayOf, integer, object, uuid, type Infer } from '../../core/schema.ts';
import type { Key, KeyRing } from './key-ring.ts';

interface AccessTokenSettings {
  readonly keys: KeyRing;
  readonly issuer: string;
  readonly audience: string;
  readonly ttlSeconds: number;
  readonly clock: Clock;
  readonly ids: Ids;
}

interface Subject {
  readonly userId: string;
  readonly sessionId: string;
  readonly tokenVersion: number;
  readonly roles: readonly string[];
  readonly authTime: Date;
}

const seconds = () => integer(0, 2 ** 40);

// Checks the claims, because jsonwebtoken accepts tokens without `exp`, with an object as `sub`, or with unknown
// claims.
const claimsSchema = object({
  iss: Joi.string(),
  aud: Joi.string(),
  sub: uuid(),
  sid: uuid(),
  tv: integer(1, 2 ** 31),
  roles: arrayOf(Joi.string()),
  iat: seconds(),
  exp: seconds(),
  jti: uuid(),
  auth_time: seconds(),
});

export type AccessClaims = Infer<typeof claimsSchema>;

/** Issues and verifies access tokens: JWTs (RFC 9068) that only this service issues and accepts. */
export interface AccessTokens {
  issue(subject: Subject): string;
  /** Returns the claims, or null if the token is invalid or expired. */
  verify(token: string): AccessClaims | null;
}

const toleranceSeconds = 5;
const maxCachedTokens = 10_000;
const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000);

const headerOf = (key: Key) => ({ alg: 'HS256', typ: 'at+jwt', kid: key.id }) as const;
const encodedHeaderOf = (key: Key): string =>
  Buffer.from(JSON.stringify(headerOf(key))).toString('base64url');

export function createAccessTokens(settings: AccessTokenSettings): AccessTokens {
  const { keys, issuer, audience, ttlSeconds, clock, ids } = settings;
  // The only accepted headers. Each key has exactly one header, because only this service issues these tokens. The
  // header fixes the algorithm and the type.
  const keyByHeader = new Map(keys.all.map((key) => [encodedHeaderOf(key), key]));

  // Caches tokens with a valid signature. A valid signature stays valid, and checking it takes as long as a query by
  // primary key.
  const verifiedTokens = new Map<string, AccessClaims>();

  const isInTime = ({ iat, exp }: AccessClaims): boolean => {
    const now = secondsOf(clock.now());
    return (
      iat <= now + toleranceSeconds && exp > now - toleranceSeconds && exp > iat && exp - iat <= ttlSeconds
    );
  };

  /**
   * Returns the claims of a token with a valid signature, even if the token has expired. Returns null for an invalid
   * signature.
   */
  const verifySignature = (token: string): AccessClaims | null => {
    const key = keyByHeader.get(token.slice(0, token.indexOf('.')));
    if (key === undefined) return null;
    try {
      const payload = jwt.verify(token, key.accessTokens, {
        algorithms: ['HS256'],
        issuer,
        audience,
        ignoreExpiration: true,
      });
      const result = claimsSchema.validate(payload, { convert: false });
      return result.error === undefined ? result.value : null;
    } catch (error) {
      if (error instanceof jwt.JsonWebTokenError) return null;
      throw error;
    }
  };

  return {
    issue: ({ userId, sessionId, tokenVersion, roles, authTime }) => {
      const iat = secondsOf(clock.now());
      const claims: AccessClaims = {
        iss: issuer,
        aud: audience,
        sub: userId,
        sid: sessionId,
        tv: tokenVersion,
        roles: [...roles],
        iat,
        exp: iat + ttlSeconds,
        jti: ids.next(),
        auth_time: secondsOf(authTime),
      };
      return jwt.sign(claims, keys.current.accessTokens, { header: headerOf(keys.current) });
    },

    verify: (token) => {
      const claims = verifiedTokens.get(token) ?? verifySignature(token);
      if (claims === null || !isInTime(claims)) return null;
      if (verifiedTokens.size >= maxCachedTokens) verifiedTokens.clear();
      verifiedTokens.set(token, claims);
      return claims;
    },
  };
}
