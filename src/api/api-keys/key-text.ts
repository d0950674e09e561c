import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const keyPattern = /^strata_([0-9a-f]{16})_([0-9a-f]{64})$/;

/** The parts of a key. The service finds the key by the prefix and authenticates it by the secret. */
export interface KeyParts {
  readonly prefix: string;
  readonly secret: string;
}

export const makePrefix = (): string => randomBytes(8).toString('hex');

export const makeSecret = (): string => randomBytes(32).toString('hex');

/** Returns the full key, `strata_<prefix>_<secret>`. The fixed prefix lets secret scanners find leaked keys. */
export const formatKey = ({ prefix, secret }: KeyParts): string => `strata_${prefix}_${secret}`;

/** Parses a key. Returns null if the text is malformed. */
export function parseKey(token: string): KeyParts | null {
  const [, prefix, secret] = keyPattern.exec(token) ?? [];
  return prefix === undefined || secret === undefined ? null : { prefix, secret };
}

/** Returns the SHA-256 hash of a secret, in hex. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares a secret with a stored hash in constant time. */
export const isSecretOf = (hash: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hash, 'hex'), createHash('sha256').update(secret).digest());
