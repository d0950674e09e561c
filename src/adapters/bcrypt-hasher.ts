import { createHash, createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import type { PasswordHasher } from '../core/ports.ts';
import { createHashGate } from './hash-gate.ts';

interface HasherSettings {
  readonly cost: number;
  readonly pepper: string;
  /**
   * The pepper before the current one. Hashes made with it are still accepted. Each password gets a new hash at the
   * next sign-in.
   */
  readonly previousPepper?: string | undefined;
  /** How many processes share the CPU cores. 1 by default. */
  readonly processes?: number;
  /** How long a password may wait to be hashed, in milliseconds. 1,000 by default. */
  readonly maxWaitMs?: number | undefined;
}

const defaultMaxWaitMs = 1_000;

// Hashes a keyed digest in base64 instead of the password (OWASP), because bcrypt ignores everything after byte 72 and
// stops at NUL.
const digest = (pepper: string, password: string): string =>
  createHmac('sha384', pepper).update(password, 'utf8').digest('base64');

// Returns the Unicode forms of a password to compare, because the form depends on keyboard and system. New hashes are
// made of the NFC form. Older hashes were made of the text as it was typed, which is either the given text or, if that
// is NFC, probably its NFD form.
const spellingsOf = (password: string): readonly string[] => {
  const composed = password.normalize('NFC');
  const other = password === composed ? password.normalize('NFD') : password;
  return other === composed ? [composed] : [composed, other];
};

const pepperIdOf = (pepper: string): string =>
  createHash('sha256').update(`id|${pepper}`).digest('base64url').slice(0, 8);

const prefixOf = (pepper: string): string => `v1$${pepperIdOf(pepper)}$`;

/**
 * Creates the password hasher. Hashes have the form `v1$<pepper id>$<bcrypt>`. The pepper is not in the database, so a
 * stolen table alone does not help to guess passwords. Throws `UNAVAILABLE` if a password would wait longer than
 * `maxWaitMs`.
 */
export function createBcryptHasher({
  cost,
  pepper,
  previousPepper,
  processes = 1,
  maxWaitMs = defaultMaxWaitMs,
}: HasherSettings): PasswordHasher {
  const prefix = prefixOf(pepper);
  const peppers = [pepper, ...(previousPepper === undefined ? [] : [previousPepper])];
  const gate = createHashGate({
    slots: Math.max(1, Math.floor(availableParallelism() / processes)),
    maxWaitMs,
    nowMs: () => performance.now(),
  });
  // The hash with which the password of an unknown account is compared, so that the comparison takes as long as for a
  // wrong password. The hash is made through the gate, so that the gate measures from the start how long a hash takes.
  const dummy = gate(() => bcrypt.hash(digest(pepper, randomBytes(16).toString('hex')), cost));

  return {
    hash: async (password) =>
      prefix + (await gate(() => bcrypt.hash(digest(pepper, password.normalize('NFC')), cost))),
    verify: async (password, findStored) => {
      const fallback = await dummy;
      return gate(async () => {
        const stored = await findStored();
        const used = peppers.find((each) => stored?.startsWith(prefixOf(each)) === true);
        const isKnown = stored !== null && used !== undefined;
        const hash = isKnown ? stored.slice(prefix.length) : fallback;
        // Try the same spellings for every account, even an unknown one, because the number of comparisons must depend
        // only on the given password.
        for (const spelling of spellingsOf(password))
          if ((await bcrypt.compare(digest(used ?? pepper, spelling), hash)) && isKnown) return true;
        return false;
      });
    },
    isOutdated: (stored) =>
      !stored.startsWith(prefix) || bcrypt.getRounds(stored.slice(prefix.length)) !== cost,
  };
}
