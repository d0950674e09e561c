import { createHash, randomBytes } from 'node:crypto';

/** The number of recovery codes that a user has. */
export const recoveryCodeCount = 10;

// Crockford's base 32. It omits i, l, o and u, which are easily confused or form words.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 26;
const lookalikes: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

// Returns characters that each hold five random bits. All characters are equally likely, because 256 is a multiple of
// 32.
const generateCode = (): string =>
  Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join('');

/** Generates ten codes of 130 random bits each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () => generateCode().replace(/.{4}(?=.)/g, '$&-'));

/**
 * Returns the stored hash of a code. Ignores case, spaces, hyphens and look-alike letters. The same code has a
 * different hash for each user.
 */
export function hashOfRecoveryCode(userId: string, code: string): string {
  const plain = code
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replace(/[oil]/g, (letter) => lookalikes[letter] ?? letter);
  // Use a fast hash, because a code has 130 random bits and cannot be guessed.
  return createHash('sha256').update(`${userId}:${plain}`).digest('base64url');
}
