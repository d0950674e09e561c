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

// Closed: jsonwebtoken lets through tokens without `exp`, with an object as `sub`, or with claims nobody knows.
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

/** Makes and reads access tokens: JWTs (RFC 9068) that only this service issues and only it accepts. */
export interface AccessTokens {
  issue(subject: Subject): string;
  /** null for anything but a token that was issued here and is in its time. */
  verify(token: string): AccessClaims | null;
}

const toleranceSeconds = 5;
const rememberedTokens = 10_000;
const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000);

const headerOf = (key: Key) => ({ alg: 'HS256', typ: 'at+jwt', kid: key.id }) as const;
const encodedHeaderOf = (key: Key): string =>
  Buffer.from(JSON.stringify(headerOf(key))).toString('base64url');

export function createAccessTokens(settings: AccessTokenSettings): AccessTokens {
  const { keys, issuer, audience, ttlSeconds, clock, ids } = settings;
  // Nobody else issues these tokens, so their headers have one spelling: to know it is to know algorithm, type and key.
  const keyByHeader = new Map(keys.all.map((key) => [encodedHeaderOf(key), key]));

  // Signed here once is signed here for good. To find that out takes as long as a read by key, so that it is remembered.
  const genuine = new Map<string, AccessClaims>();

  const isInTime = ({ iat, exp }: AccessClaims): boolean => {
    const now = secondsOf(clock.now());
    return (
      iat <= now + toleranceSeconds && exp > now - toleranceSeconds && exp > iat && exp - iat <= ttlSeconds
    );
  };

  /** What a token says that was issued here, whether or not it is in its time. */
  const read = (token: string): AccessClaims | null => {
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
      const claims = genuine.get(token) ?? read(token);
      if (claims === null || !isInTime(claims)) return null;
      if (genuine.size >= rememberedTokens) genuine.clear();
      genuine.set(token, claims);
      return claims;
    },
  };
}
