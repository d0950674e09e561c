import { publishedSecrets } from './published-secrets.ts';
import { randomBitsOf } from './typed-text.ts';

/** Minimum randomness of a secret, in bits. */
interface Bar {
  /** Bits that remain without typed, repeated and sequential parts. */
  readonly random: number;
  /** Bits by character frequency. */
  readonly spread: number;
}

/** Bar for keys of the service. */
const keyBar: Bar = { random: 80, spread: 80 };
/** Bar for passwords that people paste and whose attempts are limited. */
export const passwordBar: Bar = { random: 36, spread: 30 };

/** Command that generates a secret. */
export const secretCommand = 'openssl rand -base64 48';
const secretCommandOfNode = `node -e "console.log(crypto.randomBytes(48).toString('base64'))"`;

/** Advice for generating a secret, with OpenSSL and without. */
export const secretAdvice = `make one with: ${secretCommand} (without OpenSSL: ${secretCommandOfNode})`;

/** Returns the entropy by character frequency, in bits; an upper bound. */
function spreadBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / text.length), 0);
}

/** Returns whether the text is mostly words of one case with separators, in any language. */
function isSentence(text: string): boolean {
  const words = text.split(/[^a-z\d]+/i).filter((word) => /^(?:[A-Z]?[a-z]+|[A-Z]{2,}|\d{2,4})$/.test(word));
  const length = words.reduce((sum, word) => sum + word.length, 0);
  return words.length > 2 && length >= 0.7 * text.length;
}

/** Returns whether the text uses so few different letters that a random generator is practically ruled out. */
function isOfFewLetters(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^a-z]/g, '');
  const distinct = new Set(letters).size;
  // Hexadecimal text has at most six letters.
  if (/^[a-f]*$/.test(letters)) return false;
  let choices = 1;
  for (let index = 0; index < distinct; index += 1) choices *= (26 - index) / (index + 1);
  return Math.log2(choices) + letters.length * Math.log2(distinct / 26) < -30;
}

const isControl = (byte: number): boolean => (byte < 32 && !(byte >= 9 && byte <= 13)) || byte === 127;

/** Decodes bytes as text. Returns null if they are not text. */
function textOf(bytes: Buffer): string | null {
  if (bytes.some(isControl)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return null;
  }
}

/** Returns the text behind hexadecimal or base64 encoding, also after a prefix such as `whsec_`. */
function encodedIn(text: string): string[] {
  const found = [text, text.replace(/^(?:[a-z]+_)+/i, '')].map((candidate) => {
    const digits = candidate.replace(/^0x/i, '');
    if (/^(?:[\da-f]{2})+$/i.test(digits)) return textOf(Buffer.from(digits, 'hex'));
    return /^[\w+/-]+=*$/.test(candidate) ? textOf(Buffer.from(candidate, 'base64')) : null;
  });
  // A few random bytes can look like text by chance.
  return found.filter((decoded): decoded is string => decoded !== null && decoded.length >= 16);
}

/** Returns whether no generator would produce this secret: it is typed, published, or uses too few characters. */
export const isWeakSecret = (text: string, bar: Bar = keyBar): boolean =>
  publishedSecrets.has(text) ||
  // Spaces and non-ASCII text are typed. Digits alone are dates, numbers or a constant.
  /[^\x21-\x7e]/.test(text) ||
  !/[a-z]/i.test(text) ||
  spreadBits(text) < bar.spread ||
  isSentence(text) ||
  isOfFewLetters(text) ||
  randomBitsOf(text) < bar.random ||
  encodedIn(text).some((decoded) => isWeakSecret(decoded, bar));

/** A secret as set in the environment. */
export interface GivenSecret {
  readonly name: string;
  readonly value: string;
  readonly isPassword: boolean;
}
