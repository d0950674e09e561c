import { describe, expect, it } from '@jest/globals';
import { jsonPieces } from './json-pieces.ts';
import { mapEach } from './map-each.ts';

async function* each<Item>(...items: Item[]): AsyncGenerator<Item> {
  yield* items;
}

const written = async (value: unknown): Promise<string> => {
  let text = '';
  for await (const piece of jsonPieces(value)) text += piece;
  return text;
};

describe('jsonPieces', () => {
  it.each([
    [null],
    ['a "text"'],
    [1.5],
    [[]],
    [[1, { a: [undefined] }]],
    [{}],
    [{ a: { b: { c: null } }, none: undefined, 'a "key"': 1 }],
    [{ at: new Date(0) }],
  ])('serializes %j like JSON.stringify', async (value) => {
    expect(await written(value)).toBe(JSON.stringify(value));
  });

  it('serializes async iterables as arrays, at any depth', async () => {
    const value = { none: each(), some: { deep: each<unknown>(1, { a: new Date(0) }, null) }, last: [2] };
    expect(JSON.parse(await written(value))).toEqual({
      none: [],
      some: { deep: [1, { a: '1970-01-01T00:00:00.000Z' }, null] },
      last: [2],
    });
    expect(await written(each(1, 2))).toBe('[1,2]');
  });

  it('reads an item only after the previous one is consumed', async () => {
    const read: number[] = [];
    const items = mapEach(each(1, 2, 3), (item) => {
      read.push(item);
      return item;
    });
    const pieces = jsonPieces({ items });
    let text = '';
    while (!text.includes('1')) text += String((await pieces.next()).value);
    expect(read).toEqual([1]);
  });

  it('rethrows the error of the iterable', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error('on purpose');
    }
    await expect(written({ items: failing() })).rejects.toThrow('on purpose');
  });
});
