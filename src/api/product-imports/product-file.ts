import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { readText } from './csv-text.ts';
import { assertHeader } from './product-header.ts';
import { productImportErrors } from './product-import.errors.ts';

/** A record of a CSV file. */
export interface FileLine {
  /** The line on which the record starts. The header is line 1. */
  readonly line: number;
  readonly values: readonly string[];
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const lengthOf = (values: readonly string[]): number => values.reduce((sum, { length }) => sum + length, 0);

const chunkMaxLines = 500;
const chunkMaxLength = 256 * 1024;
// Limits a record, so that an unclosed quotation mark does not buffer the whole file.
const recordMaxLength = 64 * 1024;

/**
 * Parses a CSV stream into chunks of lines. Checks the header and the syntax, not the values. Throws
 * `PRODUCT_IMPORTS_WRONG_HEADER`, `_WRONG_ENCODING`, `_LINE_TOO_LONG` or `_MALFORMED`.
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
    if (isHeader) assertHeader(line.values, line.line);
    else yield line;
    isHeader = false;
  }
  if (isHeader) assertHeader(undefined);
}

async function* readLines(file: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  // The end of the last record that the parser completed. The parser runs ahead of the loop below, so the loop cannot
  // know this.
  let last = { lines: 0, empty_lines: 0 };
  const parser = parse({
    info: true,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordMaxLength,
    on_record: (record: string[], { lines, empty_lines }) => {
      last = { lines, empty_lines };
      return record;
    },
  });
  // Ignore errors in this callback, because the loop below throws every error of the pipeline.
  const records: AsyncIterable<CsvRecord> = pipeline(file, readText, parser, () => undefined);
  try {
    for await (const { record, info } of records) {
      const breaks = record.join('').split('\n').length - 1;
      yield { line: info.lines - breaks, values: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = last.lines + 1 + parser.info.empty_lines - last.empty_lines;
    const isTooLong = error.code === 'CSV_MAX_RECORD_SIZE';
    const failure = isTooLong ? productImportErrors.lineTooLong : productImportErrors.malformed;
    throw failure({ line }, { cause: error });
  }
}
