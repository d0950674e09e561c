import { createHash, createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import type { PasswordHasher } from '../core/ports.ts';
import { createHashGate } from './hash-gate.ts';

interface HasherSettings {
  readonly cost: number;
  readonly pepper: string;
  /** Still good for comparing, while each password moves to the current one at its next sign-in. */
  readonly previousPepper?: string | undefined;
  /** How many processes share the cores; 1 unless given. */
  readonly processes?: number;
  /** How long a hash may wait for its turn; 1 s unless given. */
  readonly maxWaitMs?: number | undefined;
}

const defaultMaxWaitMs = 1_000;

// bcrypt ignores what follows byte 72 and stops at NUL. A keyed digest in base64 has neither (OWASP's formula).
const digest = (pepper: string, password: string): string =>
  createHmac('sha384', pepper).update(password, 'utf8').digest('base64');

// Keyboards and systems spell one password in several ways. Hashes are made of NFC. Older ones were made of what was
// typed, which is then the typed text itself or, if that is NFC, most likely its NFD.
const spellingsOf = (password: string): readonly string[] => {
  const composed = password.normalize('NFC');
  const other = password === composed ? password.normalize('NFD') : password;
  return other === composed ? [composed] : [composed, other];
};

const pepperIdOf = (pepper: string): string =>
  createHash('sha256').update(`id|${pepper}`).digest('base64url').slice(0, 8);

const prefixOf = (pepper: string): string => `v1$${pepperIdOf(pepper)}$`;

/**
 * Passwords as `v1$<pepper id>$<bcrypt>`; the pepper is not in the database, so a stolen table alone cannot be searched.
 * Throws `UNAVAILABLE` when so many hashes wait that this one would wait longer than `maxWaitMs`.
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
  // A hash of this very cost, or a wrong name would be answered faster than a wrong password.
  // Made through the gate, which learns from it how long a hash takes.
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
        // How many comparisons a failure takes depends on the given password alone, never on the account.
        for (const spelling of spellingsOf(password))
          if ((await bcrypt.compare(digest(used ?? pepper, spelling), hash)) && isKnown) return true;
        return false;
      });
    },
    isOutdated: (stored) =>
      !stored.startsWith(prefix) || bcrypt.getRounds(stored.slice(prefix.length)) !== cost,
  };
}
