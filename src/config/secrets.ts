import { publishedSecrets } from './published-secrets.ts';
import { randomBitsOf } from './typed-text.ts';

/** The minimum randomness of a secret, in bits. */
interface Bar {
  /** The minimum after typed, repeated and sequential parts are left out. */
  readonly random: number;
  /** The minimum by the frequency of characters. */
  readonly spread: number;
}

/** The minimum for keys of the service. */
const keyBar: Bar = { random: 80, spread: 80 };
/** The minimum for passwords that people paste. This minimum is lower, because the number of attempts is limited. */
export const passwordBar: Bar = { random: 36, spread: 30 };

/** The command that generates a secret. */
export const secretCommand = 'openssl rand -base64 48';
const secretCommandOfNode = `node -e "console.log(crypto.randomBytes(48).toString('base64'))"`;

/** Tells how to generate a secret, with OpenSSL and without. */
export const secretAdvice = `make one with: ${secretCommand} (without OpenSSL: ${secretCommandOfNode})`;

/** Returns the entropy in bits, computed from the frequency of characters. The real randomness can only be lower. */
function spreadBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / text.length), 0);
}

/** Returns whether most of the text consists of words with separators between them, in any language. */
function isSentence(text: string): boolean {
  const words = text.split(/[^a-z\d]+/i).filter((word) => /^(?:[A-Z]?[a-z]+|[A-Z]{2,}|\d{2,4})$/.test(word));
  const length = words.reduce((sum, word) => sum + word.length, 0);
  return words.length > 2 && length >= 0.7 * text.length;
}

/**
 * Returns whether the text has so few different letters that a random generator almost certainly did not produce it.
 */
function isOfFewLetters(text: string): boolean {
  const letters = text.toLowerCase().replace(/[^a-z]/g, '');
  const distinct = new Set(letters).size;
  // Skip hexadecimal text, which has only six different letters anyway.
  if (/^[a-f]*$/.test(letters)) return false;
  let choices = 1;
  for (let index = 0; index < distinct; index += 1) choices *= (26 - index) / (index + 1);
  return Math.log2(choices) + letters.length * Math.log2(distinct / 26) < -30;
}

const isControl = (byte: number): boolean => (byte < 32 && !(byte >= 9 && byte <= 13)) || byte === 127;

/** Decodes bytes as text. Returns null if they contain control characters or are not UTF-8. */
function textOf(bytes: Buffer): string | null {
  if (bytes.some(isControl)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return null;
  }
}

/** Returns the texts that result from decoding hexadecimal or base64, with or without a prefix such as `whsec_`. */
function encodedIn(text: string): string[] {
  const found = [text, text.replace(/^(?:[a-z]+_)+/i, '')].map((candidate) => {
    const digits = candidate.replace(/^0x/i, '');
    if (/^(?:[\da-f]{2})+$/i.test(digits)) return textOf(Buffer.from(digits, 'hex'));
    return /^[\w+/-]+=*$/.test(candidate) ? textOf(Buffer.from(candidate, 'base64')) : null;
  });
  // Ignore short results, because a few random bytes can look like text by chance.
  return found.filter((decoded): decoded is string => decoded !== null && decoded.length >= 16);
}

/**
 * Returns whether a generator cannot have produced this secret: it was typed or published, or has too few different
 * characters.
 */
export const isWeakSecret = (text: string, bar: Bar = keyBar): boolean =>
  publishedSecrets.has(text) ||
  // Reject spaces and non-ASCII characters, which only people type. Reject digits alone, which are a date, a number or
  // a constant.
  /[^\x21-\x7e]/.test(text) ||
  !/[a-z]/i.test(text) ||
  spreadBits(text) < bar.spread ||
  isSentence(text) ||
  isOfFewLetters(text) ||
  randomBitsOf(text) < bar.random ||
  encodedIn(text).some((decoded) => isWeakSecret(decoded, bar));

/** A secret and the setting that it comes from. */
export interface GivenSecret {
  readonly name: string;
  readonly value: string;
  readonly isPassword: boolean;
}
