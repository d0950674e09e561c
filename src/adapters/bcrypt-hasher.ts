import { createHash, createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { PasswordHasher } from '../core/ports.ts';

interface HasherSettings {
  readonly cost: number;
  readonly pepper: string;
}

// bcrypt ignores what follows byte 72 and stops at NUL. A keyed digest in base64 has neither (OWASP's formula).
const digest = (pepper: string, password: string): string =>
  createHmac('sha384', pepper).update(password, 'utf8').digest('base64');

const pepperIdOf = (pepper: string): string =>
  createHash('sha256').update(`id|${pepper}`).digest('base64url').slice(0, 8);

/** Passwords as `v1$<pepper id>$<bcrypt>`; the pepper is not in the database, so a stolen table alone cannot be searched. */
export function createBcryptHasher({ cost, pepper }: HasherSettings): PasswordHasher {
  const prefix = `v1$${pepperIdOf(pepper)}$`;
  // A hash of this very cost, or a wrong name would be answered faster than a wrong password.
  const dummy = bcrypt.hash(digest(pepper, randomBytes(16).toString('hex')), cost);

  return {
    hash: async (password) => prefix + (await bcrypt.hash(digest(pepper, password), cost)),
    verify: async (password, stored) => {
      const isKnown = stored?.startsWith(prefix) === true;
      const matches = await bcrypt.compare(
        digest(pepper, password),
        isKnown ? stored.slice(prefix.length) : await dummy,
      );
      return isKnown && matches;
    },
    isOutdated: (stored) =>
      !stored.startsWith(prefix) || bcrypt.getRounds(stored.slice(prefix.length)) !== cost,
  };
}
