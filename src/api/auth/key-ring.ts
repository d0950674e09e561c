import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The keys derived from one configured secret, one for each purpose. */
export interface Key {
  /** The public id of the key. Tokens and sessions contain it. */
  readonly id: string;
  readonly accessTokens: KeyObject;
  readonly refreshTokens: KeyObject;
  readonly mfaTokens: KeyObject;
  readonly deviceTokens: KeyObject;
  /** Pseudonymizes the e-mail addresses under which sign-in attempts are counted. */
  readonly accountNames: KeyObject;
}

/** The key that signs new tokens, and all keys that verify them. */
export interface KeyRing {
  readonly current: Key;
  readonly all: readonly Key[];
  find(id: string): Key | undefined;
}

const derive = (secret: string, purpose: string): KeyObject =>
  // Create a key object, because jsonwebtoken would first try to parse a string as a public key, which takes 50 times
  // as long.
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `strata ${purpose} v1`, 32)));

const keyOf = (secret: string): Key => ({
  id: createHash('sha256').update(`key id|${secret}`).digest('base64url').slice(0, 8),
  accessTokens: derive(secret, 'access'),
  refreshTokens: derive(secret, 'refresh'),
  mfaTokens: derive(secret, 'mfa'),
  deviceTokens: derive(secret, 'device'),
  accountNames: derive(secret, 'account names'),
});

/**
 * Derives the keys (HKDF, RFC 5869) from the current secret. During a rotation, also derives keys from the previous
 * secret.
 */
export function createKeyRing(secret: string, previous: string | undefined): KeyRing {
  const current = keyOf(secret);
  const all = previous === undefined ? [current] : [current, keyOf(previous)];
  return { current, all, find: (id) => all.find((key) => key.id === id) };
}
