import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What one configured secret is used for: a key of its own for each purpose. */
export interface Key {
  /** Public; names the secret in tokens and sessions. */
  readonly id: string;
  readonly accessTokens: KeyObject;
  readonly refreshTokens: KeyObject;
  readonly mfaTokens: KeyObject;
  readonly deviceTokens: KeyObject;
  /** Hides the addresses that attempts are counted under. */
  readonly accountNames: KeyObject;
}

/** The key that makes new tokens, and every key whose tokens are still good. */
export interface KeyRing {
  readonly current: Key;
  readonly all: readonly Key[];
  find(id: string): Key | undefined;
}

const derive = (secret: string, purpose: string): KeyObject =>
  // jsonwebtoken takes 50 times as long with a string, which it first tries to read as a public key.
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `strata ${purpose} v1`, 32)));

const keyOf = (secret: string): Key => ({
  id: createHash('sha256').update(`key id|${secret}`).digest('base64url').slice(0, 8),
  accessTokens: derive(secret, 'access'),
  refreshTokens: derive(secret, 'refresh'),
  mfaTokens: derive(secret, 'mfa'),
  deviceTokens: derive(secret, 'device'),
  accountNames: derive(secret, 'account names'),
});

/** Derives the keys (HKDF, RFC 5869) from the current secret and, while it is being replaced, the previous one. */
export function createKeyRing(secret: string, previous: string | undefined): KeyRing {
  const current = keyOf(secret);
  const all = previous === undefined ? [current] : [current, keyOf(previous)];
  return { current, all, find: (id) => all.find((key) => key.id === id) };
}
