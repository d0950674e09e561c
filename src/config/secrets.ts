import { publishedSecrets } from './published-secrets.ts';
import { randomBitsOf } from './typed-text.ts';

/** How random a secret must be, in bits. */
interface Bar {
  /** What must be left without its typed, repeated and counted parts. */
  readonly random: number;
  /** What the frequencies of its characters must allow. */
  readonly spread: number;
}

/** A key of the service. */
const keyBar: Bar = { random: 80, spread: 80 };
/** A password that people paste, and that others may try only so often. */
export const passwordBar: Bar = { random: 36, spread: 30 };

/** The command that makes a secret. */
export const secretCommand = 'openssl rand -base64 48';
const secretCommandOfNode = `node -e "console.log(crypto.randomBytes(48).toString('base64'))"`;

/** Says how to make a secret, with OpenSSL and without. */
export const secretAdvice = `make one with: ${secretCommand} (without OpenSSL: ${secretCommandOfNode})`;

/** Returns the bits of entropy by the frequency of the characters, which is an upper bound. */
function spreadBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / text.length), 0);
}

/** Whether most of it is words of one case with signs between them, in whatever language. */
function isSentence(text: string): boolean {
  const words = text.split(/[^a-z\d]+/i).filter((word) => /^(?:[A-Z]?[a-z]+|[A-Z]{2,}|\d{2,4})$/.test(word));
  const length = words.reduce((sum, word) => sum + word.length, 0);
  return words.length > 2 && length >= 0.7 * text.length;
}

/** Whether it draws from so few of the letters that a generator would have had to be incredibly lucky. */
function isOfFewLetters(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^a-z]/g, '');
  const distinct = new Set(letters).size;
  // Generators of hexadecimal text have no more than six.
  if (/^[a-f]*$/.test(letters)) return false;
  let choices = 1;
  for (let index = 0; index < distinct; index += 1) choices *= (26 - index) / (index + 1);
  return Math.log2(choices) + letters.length * Math.log2(distinct / 26) < -30;
}

const isControl = (byte: number): boolean => (byte < 32 && !(byte >= 9 && byte <= 13)) || byte === 127;

/** Returns the text that these bytes hold; null if they hold none. */
function textOf(bytes: Buffer): string | null {
  if (bytes.some(isControl)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return null;
  }
}

/** Returns the text that was encoded as hexadecimal digits or as base64, also behind a prefix such as `whsec_`. */
function encodedIn(text: string): string[] {
  const found = [text, text.replace(/^(?:[a-z]+_)+/i, '')].map((candidate) => {
    const digits = candidate.replace(/^0x/i, '');
    if (/^(?:[\da-f]{2})+$/i.test(digits)) return textOf(Buffer.from(digits, 'hex'));
    return /^[\w+/-]+=*$/.test(candidate) ? textOf(Buffer.from(candidate, 'base64')) : null;
  });
  // By chance a few bytes may be characters.
  return found.filter((decoded): decoded is string => decoded !== null && decoded.length >= 16);
}

/** Whether a secret is one that no generator would make: typed, published, or of too few characters. */
export const isWeakSecret = (text: string, bar: Bar = keyBar): boolean =>
  publishedSecrets.has(text) ||
  // Spaces and other alphabets are typed. Digits alone are dates, numbers or a constant.
  /[^\x21-\x7e]/.test(text) ||
  !/[a-z]/i.test(text) ||
  spreadBits(text) < bar.spread ||
  isSentence(text) ||
  isOfFewLetters(text) ||
  randomBitsOf(text) < bar.random ||
  encodedIn(text).some((decoded) => isWeakSecret(decoded, bar));

/** A secret as it was set. */
export interface GivenSecret {
  readonly name: string;
  readonly value: string;
  readonly isPassword: boolean;
}
