import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import { productImportErrors } from './product-import.errors.ts';

export const columns = ['sku', 'name', 'description', 'priceMinor', 'currency', 'stock'] as const;

/** One record of a file. */
export interface FileLine {
  /** Where it begins; the header is line 1. */
  readonly line: number;
  readonly values: readonly string[];
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const chunkMaxLines = 500;
const chunkMaxLength = 256 * 1024;
// So that a quotation mark that is never closed does not gather the whole file.
const recordMaxLength = 64 * 1024;

/**
 * Reads a file as it arrives, some lines at a time. The header and the form are judged here, what a line says is not.
 * Throws `PRODUCT_IMPORTS_WRONG_HEADER`, or `PRODUCT_IMPORTS_MALFORMED`.
 */
export async function* readChunks(file: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine[]> {
  let chunk: FileLine[] = [];
  let length = 0;
  for await (const line of readBody(file)) {
    chunk.push(line);
    length += lengthOf(line.values);
    if (chunk.length === chunkMaxLines || length >= chunkMaxLength) {
      yield chunk;
      chunk = [];
      length = 0;
    }
  }
  if (chunk.length > 0) yield chunk;
}

async function* readBody(file: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let isHeader = true;
  for await (const line of readLines(file)) {
    if (isHeader && line.values.join() !== columns.join()) throw productImportErrors.wrongHeader();
    if (!isHeader) yield line;
    isHeader = false;
  }
  if (isHeader) throw productImportErrors.wrongHeader();
}

async function* readLines(file: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordMaxLength,
  });
  // A failure anywhere in it comes out of the loop below.
  const records: AsyncIterable<CsvRecord> = pipeline(file, decode, parser, () => undefined);
  let countedTwice = 0;
  try {
    for await (const { record, info } of records) {
      const breaks = record.join('').match(/\r\n|\r|\n/g) ?? [];
      // The parser takes a line end of two characters within a value for two.
      countedTwice += breaks.filter((end) => end.length === 2).length;
      yield { line: info.lines - countedTwice - breaks.length, values: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw productImportErrors.malformed({ line: parser.info.lines - countedTwice }, { cause: error });
  }
}

/** UTF-8 to text, without a byte order mark. */
async function* decode(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of file) yield decodeStrictly(decoder, bytes);
  yield decodeStrictly(decoder);
}

function decodeStrictly(decoder: TextDecoder, bytes?: Uint8Array): string {
  const text = tryDecode(decoder, bytes);
  // PostgreSQL takes no NUL, and no text file has one.
  if (text === null || text.includes('\0')) throw productImportErrors.malformed();
  return text;
}

function tryDecode(decoder: TextDecoder, bytes?: Uint8Array): string | null {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    return null;
  }
}

const lengthOf = (values: readonly string[]): number => values.reduce((sum, { length }) => sum + length, 0);
