import { dictionary } from '@zxcvbn-ts/language-common';

// This file distinguishes typed text from random characters. If people type long secrets, they use words, names, dates
// or neighboring keys. The frequency with which three characters follow each other in lists of passwords (trigrams)
// reveals such text, in every language with Latin letters.
const symbols = 'abcdefghijklmnopqrstuvwxyz0123456789';
const separator = symbols.length;
const size = symbols.length + 1;

const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1234567890qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'alskdjfhgqpwoeirutyzmxncbv',
];
const runWeight = 50;
const smoothing = 10;

/**
 * The cost of starting a typed part, in bits. The cost is higher than the saving of a short word that occurs in random
 * text by chance.
 */
const entryBits = 16;

/** The minimum length of a repeated or sequential part. */
const shortestRun = 5;

type Model = Float64Array;

/** Returns a trigram model: how many bits each character costs after the two characters before it. */
function learn(words: Iterable<readonly [word: string, weight: number]>): Model {
  const single = new Float64Array(size).fill(1);
  const pairs = new Float64Array(size ** 2);
  const triples = new Float64Array(size ** 3);
  for (const [word, weight] of words) {
    let before = separator;
    let previous = separator;
    for (const current of [...codesOf(word), separator]) {
      single[current] = (single[current] ?? 0) + weight;
      add(pairs, previous * size + current, weight);
      add(triples, (before * size + previous) * size + current, weight);
      before = previous;
      previous = current;
    }
  }
  // Estimate the probability of a sequence that never occurs from the sequence without its first character.
  const byPair = blend(pairs, share(single));
  return blend(triples, byPair).map((probability) => -Math.log2(probability));
}

const add = (counts: Float64Array, index: number, weight: number): void => {
  counts[index] = (counts[index] ?? 0) + weight;
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

const share = (counts: Float64Array): Float64Array => {
  const total = sum(counts);
  return counts.map((count) => count / total);
};

/**
 * Returns the probability of the last symbol of each sequence. Mixes it with the probability in `shorter`, which leaves
 * out the first symbol.
 */
function blend(counts: Float64Array, shorter: Float64Array): Float64Array {
  const result = new Float64Array(counts.length);
  for (let start = 0; start < counts.length; start += size) {
    const row = counts.subarray(start, start + size);
    const total = sum(row) + smoothing;
    const from = start % shorter.length;
    for (let symbol = 0; symbol < size; symbol += 1) {
      const estimate = shorter[from + symbol] ?? 0;
      result[start + symbol] = ((row[symbol] ?? 0) + smoothing * estimate) / total;
    }
  }
  return result;
}

const codeTable = Uint8Array.from({ length: 128 }, (_, index) => {
  const code = symbols.indexOf(String.fromCharCode(index).toLowerCase());
  return code === -1 ? separator : code;
});
const codesOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_, index) => codeTable[text.charCodeAt(index)] ?? separator);

function* samples(): Generator<readonly [string, number]> {
  for (const list of Object.values(dictionary)) for (const word of list) yield [word, 1];
  for (const run of runs) {
    yield [run, runWeight];
    yield [reverse(run), runWeight];
  }
}

const reverse = (text: string): string => Array.from(text).reverse().join('');

let learned: Model | undefined;

/** The characters that a generator of this text would choose from. */
interface Alphabet {
  readonly characters: number;
  /** True if the text contains upper and lower case. */
  readonly isMixed: boolean;
}

function alphabetOf(text: string): Alphabet {
  const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text);
  const plain = text.replace(/[^a-z\d]/gi, '');
  if (!isMixed && /^[\da-f]*$/i.test(plain)) return { characters: 16, isMixed };
  if (/[^\w+/=.:-]/.test(text)) return { characters: isMixed ? 94 : 68, isMixed };
  const hasDigits = /\d/.test(text);
  if (isMixed) return { characters: hasDigits ? 64 : 52, isMixed };
  return { characters: hasDigits ? 36 : 26, isMixed };
}

const isUpperCode = (code: number): boolean => code >= 65 && code <= 90;
const isLetterCode = (code: number): boolean => isUpperCode(code) || (code >= 97 && code <= 122);

/**
 * Returns how many bits the case of a letter costs. The case costs little within a word, where all letters but the
 * first have the same case.
 */
function bitsOfCase(text: string, index: number): number {
  const previous = text.charCodeAt(index - 1);
  if (!isLetterCode(previous)) return 1;
  if (isUpperCode(previous) === isUpperCode(text.charCodeAt(index))) return 0.2;
  return isUpperCode(previous) && !isUpperCode(text.charCodeAt(index - 2)) ? 0.5 : 3;
}

/**
 * A text in which digits and signs are replaced by the letters that they stand for, such as `p4ssw0rd` → `password`.
 */
interface Reading {
  readonly text: string;
  /** The cost of each replaced character, in bits. */
  readonly disguiseBits: number;
}

/**
 * Marks the random characters of a text. Divides the text into random and typed parts so that the total cost in bits is
 * lowest (Viterbi algorithm).
 */
function markRandom(written: string, { text, disguiseBits }: Reading, model: Model): Uint8Array {
  const { characters, isMixed } = alphabetOf(written);
  const randomBits = Math.log2(characters);
  const writtenCodes = codesOf(written);
  const endsTyped = new Uint8Array(text.length);
  const beginsTyped = new Uint8Array(text.length);
  let random = 0;
  let typed = Infinity;
  let before = separator;
  let previous = separator;
  codesOf(text).forEach((code, index) => {
    const writtenCode = writtenCodes[index] ?? separator;
    const signBits = code === separator ? bitsOfSign(text.charCodeAt(index)) : 0;
    const choiceBits = code === writtenCode ? signBits : disguiseBits;
    const caseBits = isMixed && writtenCode < 26 ? bitsOfCase(written, index) : 0;
    const typedBits = (model[(before * size + previous) * size + code] ?? 0) + choiceBits + caseBits;
    endsTyped[index] = Number(typed < random);
    beginsTyped[index] = Number(random + entryBits < typed);
    const typedSoFar = Math.min(typed, random + entryBits) + typedBits;
    random = Math.min(random, typed) + randomBits;
    typed = typedSoFar;
    before = previous;
    previous = code;
  });
  const marks = new Uint8Array(text.length);
  let isRandom = random <= typed;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    marks[index] = Number(isRandom);
    isRandom = isRandom ? endsTyped[index] === 0 : beginsTyped[index] === 1;
  }
  return marks;
}

/**
 * Marks predictable characters: repeated ones (`k3jk3jk3j`), sequences (`abcd`), or two alternating sequences
 * (`a1b2c3`).
 */
function markPredictable(text: string, marks: Uint8Array): void {
  const lower = text.toLowerCase();
  const codes = Uint8Array.from({ length: text.length }, (_, index) => lower.charCodeAt(index));
  for (let distance = 1; distance <= codes.length / 2; distance += 1) {
    let step = NaN;
    let start = distance;
    for (let index = distance; index <= codes.length; index += 1) {
      const next = index < codes.length ? (codes[index] ?? 0) - (codes[index - distance] ?? 0) : NaN;
      if (next === step) continue;
      if (index - start >= shortestRun && step >= -1 && step <= 1) marks.fill(1, start, index);
      step = next;
      start = index;
    }
  }
}

const dates = [
  // Matches 2026-01-31T23:59:59.000Z, 20260131, 31.01.2026 and 01/31/2026.
  /(?:19|20)\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01])(?:[T ]?[0-2]\d:?[0-5]\d:?[0-5]\d(?:\.?\d{3})?Z?)?/g,
  /(?:0[1-9]|[12]\d|3[01])[-./]?(?:0[1-9]|[12]\d|3[01])[-./]?(?:19|20)\d\d/g,
];

function markDates(text: string, marks: Uint8Array): void {
  for (const date of dates)
    for (const { 0: found, index } of text.matchAll(date)) marks.fill(1, index, index + found.length);
}

const leetspeak: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
};
const withoutDisguise = (text: string): string =>
  text.replace(/[^a-z]/gi, (found) => leetspeak[found] ?? found);

const readingsOf = (text: string): Reading[] => [
  { text, disguiseBits: 0 },
  { text: withoutDisguise(text), disguiseBits: 3 },
  { text: withoutDisguise(text.replaceAll('1', 'l')), disguiseBits: 3 },
];

/** Estimates how many bits of a text are random. Typed, repeated and sequential characters do not count. */
export function randomBitsOf(given: string): number {
  // Ignore the case if upper and lower case alternate, because such a case is not random.
  const text = /^(?:[a-z][A-Z])+[a-z]?$|^(?:[A-Z][a-z])+[A-Z]?$/.test(given.replace(/[^a-z]/gi, ''))
    ? given.toLowerCase()
    : given;
  learned ??= learn(samples());
  const model = learned;
  const explained = Uint8Array.from({ length: text.length }, (_, index) =>
    Number(isSeparator(text.charAt(index))),
  );
  markPredictable(text, explained);
  markDates(text, explained);
  const count = (marks: Uint8Array): number =>
    marks.filter((isRandom, index) => isRandom === 1 && explained[index] === 0).length;
  const backwards = reverse(text);
  const counts = [
    ...readingsOf(text).map((reading) => count(markRandom(text, reading, model))),
    count(markRandom(backwards, { text: backwards, disguiseBits: 0 }, model).reverse()),
  ];
  return Math.min(...counts) * Math.log2(alphabetOf(text).characters);
}

// Separators also occur in random base64, but so rarely that ignoring them there makes no difference.
const isSeparator = (character: string): boolean => '-_./:=+, '.includes(character);

/** Returns how many bits this separator costs after a word. */
const bitsOfSign = (code: number): number => (usualSigns.includes(code) ? 1 : 6);
const usualSigns = Array.from('-_. ', (sign) => sign.charCodeAt(0));
