import { describe, expect, it } from '@jest/globals';
import { readText } from './csv-text.ts';

/** Reads the bytes as a stream of chunks of this size. */
async function readInChunks(bytes: Buffer, size: number): Promise<string> {
  const chunks = async function* () {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  };
  let text = '';
  for await (const part of readText(chunks())) text += part;
  return text;
}

const sizes = [1, 2, 3, 4, 5, 7, 1_000];

describe('readText', () => {
  it.each(sizes)('reads the same text from chunks of %i bytes', async (size) => {
    const bytes = Buffer.from('\uFEFFa\r\nb\rc\n\r\n\r\ré€🐎\r');
    expect(await readInChunks(bytes, size)).toBe('a\nb\nc\n\n\n\né€🐎\n');
    expect(await readInChunks(Buffer.from('é'), size)).toBe('é');
    expect(await readInChunks(Buffer.from(''), size)).toBe('');
  });

  it.each(sizes)('reports the line of an invalid byte in chunks of %i bytes', async (size) => {
    const lines = 'a\r\n\r\nb\r€\n🐎\n';
    for (const wrong of [[0xe4, 0x61], [0xe4], [0x80], [0xf0, 0x9f, 0x90], [0x00], [0xff]]) {
      const bytes = Buffer.concat([Buffer.from(lines), Buffer.from(wrong)]);
      await expect(readInChunks(bytes, size)).rejects.toMatchObject({
        code: 'PRODUCT_IMPORTS_WRONG_ENCODING',
        details: [{ line: 6 }],
      });
    }
  });
});
