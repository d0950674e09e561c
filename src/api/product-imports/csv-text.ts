import { isUtf8 } from 'node:buffer';
import type { Texts } from '../../core/languages.ts';
import { productImportErrors } from './product-import.errors.ts';
import { productImportMessages } from './product-import.messages.ts';

const { rules } = productImportMessages;

const wrongEncoding = (line: number, message: Texts) => productImportErrors.wrongEncoding({ line, message });

const lineEnds = /\r\n|[\r\n]/;
const carriageReturn = 0x0d;
const countLineEnds = (text: string): number => text.split(lineEnds).length - 1;

/**
 * Returns the length in bytes of the complete characters. Excludes a final carriage return, because a line feed may
 * follow in the next chunk.
 */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte === carriageReturn && back === 1) return bytes.length - 1;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needed > back) return bytes.length - back;
    // A byte of the form 10xxxxxx continues a character.
    if (byte < 0x80 || byte >= 0xc0) break;
  }
  return bytes.length;
}

/**
 * Decodes complete characters that start in this line. In UTF-8, a byte of a line end is never part of another
 * character.
 */
function decode(bytes: Buffer, line: number): string {
  if (!isUtf8(bytes)) {
    const lines = bytes.toString('latin1').split(lineEnds);
    throw wrongEncoding(
      line + lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))),
      rules.notUtf8,
    );
  }
  const text = bytes.toString();
  const nul = text.indexOf('\0');
  if (nul >= 0) throw wrongEncoding(line + countLineEnds(text.slice(0, nul)), rules.nul);
  return text;
}

const startsWith = (bytes: Buffer, ...prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** Removes a UTF-8 byte order mark. Throws for a UTF-16 byte order mark. */
function stripByteOrderMark(bytes: Buffer): Buffer {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) throw wrongEncoding(1, rules.utf16);
  return startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
}

const byteOrderMarkLength = 3;

/**
 * Decodes a stream of UTF-8. Converts every line end to `\n` and removes a byte order mark.
 * Throws `PRODUCT_IMPORTS_WRONG_ENCODING`.
 */
export async function* readText(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  const position = { line: 1, isStart: true };
  const read = (bytes: Buffer): string => {
    const text = decode(position.isStart ? stripByteOrderMark(bytes) : bytes, position.line);
    position.isStart = false;
    position.line += countLineEnds(text);
    return text.replace(/\r\n?/g, '\n');
  };
  for await (const bytes of file) {
    rest = Buffer.concat([rest, bytes]);
    if (position.isStart && rest.length < byteOrderMarkLength) continue;
    const length = completeLength(rest);
    const text = read(rest.subarray(0, length));
    rest = rest.subarray(length);
    if (text !== '') yield text;
  }
  if (rest.length > 0) yield read(rest);
}
