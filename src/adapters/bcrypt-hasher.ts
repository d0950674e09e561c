import { createHash, createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import type { PasswordHasher } from '../core/ports.ts';
import { createHashGate } from './hash-gate.ts';

interface HasherSettings {
  readonly cost: number;
  readonly pepper: string;
  /** Still accepted when verifying; each password is rehashed with the current pepper at the next sign-in. */
  readonly previousPepper?: string | undefined;
  /** How many processes share the cores; 1 by default. */
  readonly processes?: number;
  /** How long a hash may wait, in milliseconds; 1,000 by default. */
  readonly maxWaitMs?: number | undefined;
}

const defaultMaxWaitMs = 1_000;

// bcrypt ignores everything after byte 72 and stops at NUL. A keyed digest in base64 has neither problem (OWASP).
const digest = (pepper: string, password: string): string =>
  createHmac('sha384', pepper).update(password, 'utf8').digest('base64');

// Keyboards and systems encode one password in several Unicode forms. Hashes are made from NFC. Older hashes were
// made from the text as typed: the given text itself or, if that is NFC, most likely its NFD.
const spellingsOf = (password: string): readonly string[] => {
  const composed = password.normalize('NFC');
  const other = password === composed ? password.normalize('NFD') : password;
  return other === composed ? [composed] : [composed, other];
};

const pepperIdOf = (pepper: string): string =>
  createHash('sha256').update(`id|${pepper}`).digest('base64url').slice(0, 8);

const prefixOf = (pepper: string): string => `v1$${pepperIdOf(pepper)}$`;

/**
 * Creates the password hasher. Hashes have the form `v1$<pepper id>$<bcrypt>`; the pepper is not in the database, so
 * a stolen table alone cannot be cracked. Throws `UNAVAILABLE` if a hash would wait longer than `maxWaitMs`.
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
  // An unknown account is verified against a hash of the same cost, so that it takes as long as a wrong password.
  // Created through the gate, which measures how long a hash takes.
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
        // The number of comparisons depends only on the given password, never on the account.
        for (const spelling of spellingsOf(password))
          if ((await bcrypt.compare(digest(used ?? pepper, spelling), hash)) && isKnown) return true;
        return false;
      });
    },
    isOutdated: (stored) =>
      !stored.startsWith(prefix) || bcrypt.getRounds(stored.slice(prefix.length)) !== cost,
  };
}
