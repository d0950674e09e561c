import { describe, expect, it } from '@jest/globals';
import { readText } from './csv-text.ts';

/** Reads bytes that arrive in pieces of this size. */
async function readInPieces(bytes: Buffer, size: number): Promise<string> {
  const pieces = async function* () {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  };
  let text = '';
  for await (const part of readText(pieces())) text += part;
  return text;
}

const sizes = [1, 2, 3, 4, 5, 7, 1_000];

describe('readText', () => {
  it.each(sizes)('reads the same text in pieces of %i bytes', async (size) => {
    const bytes = Buffer.from('\uFEFFa\r\nb\rc\n\r\n\r\ré€🐎\r');
    expect(await readInPieces(bytes, size)).toBe('a\nb\nc\n\n\n\né€🐎\n');
    expect(await readInPieces(Buffer.from('é'), size)).toBe('é');
    expect(await readInPieces(Buffer.from(''), size)).toBe('');
  });

  it.each(sizes)('names the line of a wrong byte in pieces of %i bytes', async (size) => {
    const lines = 'a\r\n\r\nb\r€\n🐎\n';
    for (const wrong of [[0xe4, 0x61], [0xe4], [0x80], [0xf0, 0x9f, 0x90], [0x00], [0xff]]) {
      const bytes = Buffer.concat([Buffer.from(lines), Buffer.from(wrong)]);
      await expect(readInPieces(bytes, size)).rejects.toMatchObject({
        code: 'PRODUCT_IMPORTS_WRONG_ENCODING',
        details: [{ line: 6 }],
      });
    }
  });
});
