import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const form = /^strata_([0-9a-f]{16})_([0-9a-f]{64})$/;

/** A key in its parts: the prefix finds it, the secret proves it. */
export interface KeyParts {
  readonly prefix: string;
  readonly secret: string;
}

export const makePrefix = (): string => randomBytes(8).toString('hex');

export const makeSecret = (): string => randomBytes(32).toString('hex');

/** The key as it is sent: `strata_<prefix>_<secret>`, which scanners for leaked secrets can find. */
export const formatKey = ({ prefix, secret }: KeyParts): string => `strata_${prefix}_${secret}`;

/** Null for anything that does not look like a key. */
export function parseKey(token: string): KeyParts | null {
  const [, prefix, secret] = form.exec(token) ?? [];
  return prefix === undefined || secret === undefined ? null : { prefix, secret };
}

/** SHA-256, in hex. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares in constant time. */
export const isSecretOf = (hash: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hash, 'hex'), createHash('sha256').update(secret).digest());
