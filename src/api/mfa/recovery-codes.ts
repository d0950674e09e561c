import { createHash, randomBytes } from 'node:crypto';

/** How many codes there are at a time. */
export const recoveryCodeCount = 10;

// Crockford's base 32: without i, l, o and u, which are easily mistaken or make words.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 26;
const lookalikes: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

// 256 is a multiple of 32: every character is as likely as the others, five random bits each.
const newCode = (): string =>
  Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join('');

/** Makes ten codes of 130 random bits each, to be shown once. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () => newCode().replace(/.{4}(?=.)/g, '$&-'));

/** What a code that someone typed is stored as; any way of writing it down gives the same, nobody else's code does. */
export function hashOfRecoveryCode(userId: string, code: string): string {
  const plain = code
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replace(/[oil]/g, (sign) => lookalikes[sign] ?? sign);
  // So many random bits need no slow hash.
  return createHash('sha256').update(`${userId}:${plain}`).digest('base64url');
}
