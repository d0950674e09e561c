import { isUtf8 } from 'node:buffer';
import type { Texts } from '../../core/languages.ts';
import { productImportErrors } from './product-import.errors.ts';

const notUtf8: Texts = {
  en: 'has a byte that is not UTF-8, as text in Latin-1 or Windows-1252 has',
  de: 'hat ein Byte, das kein UTF-8 ist, wie Text in Latin-1 oder Windows-1252',
};
const hasNul: Texts = {
  en: 'has a NUL, as text in UTF-16 has',
  de: 'hat ein NUL, wie Text in UTF-16',
};
const isUtf16: Texts = { en: 'is text in UTF-16', de: 'ist Text in UTF-16' };

const refuse = (line: number, message: Texts) => productImportErrors.wrongEncoding({ line, message });

const lineEnds = /\r\n|[\r\n]/;
const carriageReturn = 0x0d;
const countLineEnds = (text: string): number => text.split(lineEnds).length - 1;

/** Returns how many bytes are whole characters. A carriage return at the end waits: a line feed may follow. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte === carriageReturn && back === 1) return bytes.length - 1;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needed > back) return bytes.length - back;
    // Bytes of the form 10xxxxxx go on with a character that began before.
    if (byte < 0x80 || byte >= 0xc0) break;
  }
  return bytes.length;
}

/** Reads whole characters that begin at this line. No line end is part of another character. */
function decode(bytes: Buffer, line: number): string {
  if (!isUtf8(bytes)) {
    const lines = bytes.toString('latin1').split(lineEnds);
    throw refuse(line + lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))), notUtf8);
  }
  const text = bytes.toString();
  const nul = text.indexOf('\0');
  if (nul >= 0) throw refuse(line + countLineEnds(text.slice(0, nul)), hasNul);
  return text;
}

const startsWith = (bytes: Buffer, ...mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

/** Returns the start of a file without the mark of UTF-8; throws for that of UTF-16. */
function withoutMark(bytes: Buffer): Buffer {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) throw refuse(1, isUtf16);
  return startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
}

const markLength = 3;

/**
 * Reads UTF-8 as it arrives. Every line end becomes `\n`, whatever mix there is; a byte order mark is left out.
 * Throws `PRODUCT_IMPORTS_WRONG_ENCODING`.
 */
export async function* readText(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  const position = { line: 1, isStart: true };
  const read = (bytes: Buffer): string => {
    const text = decode(position.isStart ? withoutMark(bytes) : bytes, position.line);
    position.isStart = false;
    position.line += countLineEnds(text);
    return text.replace(/\r\n?/g, '\n');
  };
  for await (const bytes of file) {
    rest = Buffer.concat([rest, bytes]);
    if (position.isStart && rest.length < markLength) continue;
    const length = wholeLength(rest);
    const text = read(rest.subarray(0, length));
    rest = rest.subarray(length);
    if (text !== '') yield text;
  }
  if (rest.length > 0) yield read(rest);
}
