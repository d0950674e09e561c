import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly createdAt: string;
}

interface CursorPage {
  readonly rows: Row[];
  readonly nextCursor: string | null;
}

const count = 30;

/** Sorts rows as the API promises: by one key after the other, and then by id in the direction of the last key. */
function sorted(rows: readonly Row[], sort: string): Row[] {
  const keys = sort.split(',').map((key) => ({ field: key.replace('-', '') as keyof Row, sign: key.startsWith('-') ? -1 : 1 }));
  const terms = [...keys, { field: 'id' as const, sign: keys.at(-1)?.sign ?? 1 }];
  return rows.toSorted((a, b) => {
    for (const { field, sign } of terms) {
      if (a[field] !== b[field]) return a[field] < b[field] ? -sign : sign;
    }
    return 0;
  });
} // prettier-ignore

/** Returns a cursor with a valid checksum. Anybody who knows the source code can compute that checksum. */
function forge(payload: string): string {
  const encoded = Buffer.from(payload).toString('base64url');
  return `${encoded}.${createHash('sha256').update(encoded).digest('base64url').slice(0, 12)}`;
}

describe('GET /products by cursor', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  beforeEach(async () => {
    await test.db.query('DELETE FROM products');
  });
  afterAll(() => test.close());

  // Insert many rows with equal values, so that the id decides their order.
  const fill = () =>
    test.db.query(
      `INSERT INTO products (id, sku, name, description, price_minor, currency, stock, created_at)
       SELECT gen_random_uuid(), 'S' || n, 'Name ' || n % 4, '', n % 3, 'EUR', n % 2,
         timestamptz '2025-01-01T00:00:00Z' + n % 5 * interval '1 second'
       FROM generate_series(1, ${count}) AS n`,
    );

  const read = async (
    sort: string,
    cursor: string,
    query: Record<string, unknown> = {},
  ): Promise<CursorPage> => {
    const response = await test.http
      .get('/products')
      .query({ limit: 7, sort, cursor, ...query })
      .expect(200);
    const { limit, nextCursor, hasMore, ...others } = response.body.meta.pagination;
    expect({ limit, hasMore, others }).toEqual({ limit: 7, hasMore: nextCursor !== null, others: {} });
    return { rows: response.body.data as Row[], nextCursor: nextCursor as string | null };
  };

  const readAll = async (sort: string, from = '', query: Record<string, unknown> = {}): Promise<Row[]> => {
    const { rows, nextCursor } = await read(sort, from, query);
    return nextCursor === null ? rows : [...rows, ...(await readAll(sort, nextCursor, query))];
  };

  it('200 without a next page for an empty list', async () => {
    expect(await read('name', '')).toEqual({ rows: [], nextCursor: null });
  });

  it('200 without a next page if the last page is full', async () => {
    for (let index = 0; index < 7; index += 1) await buildProduct(test, manager);
    const { rows, nextCursor } = await read('name', '');
    expect({ length: rows.length, nextCursor }).toEqual({ length: 7, nextCursor: null });
  });

  it.each([
    'name',
    '-name',
    'priceMinor',
    '-priceMinor',
    'createdAt',
    '-createdAt',
    'priceMinor,name',
    '-priceMinor,name',
    'name,-createdAt',
    '-createdAt,-priceMinor,-name',
    'priceMinor,-name,createdAt',
  ])('200 with each row once and in order, sorted by %s', async (sort) => {
    await fill();
    const rows = await readAll(sort);
    expect(rows).toHaveLength(count);
    expect(rows.map(({ id }) => id)).toEqual(sorted(rows, sort).map(({ id }) => id));
  });

  it('200 with the filtered rows only', async () => {
    await fill();
    const rows = await readAll('-priceMinor,name', '', { inStock: true, minPrice: 1 });
    expect(rows).toHaveLength(10);
  });

  it('200 with the rows after the cursor, whatever was inserted or deleted before it', async () => {
    await fill();
    const expected = await readAll('name');
    const { rows: first, nextCursor } = await read('name', '');
    await buildProduct(test, manager, { name: 'Aaa' });
    const { id: addedId } = await buildProduct(test, manager, { name: 'Zzz' });
    // Delete the row of the cursor: the cursor must still work.
    await test
      .as(manager)
      .delete(`/products/${first.at(-1)?.id ?? ''}`)
      .expect(204);
    const rest = await readAll('name', nextCursor ?? '');
    const ids = [...first, ...rest].map(({ id }) => id);
    expect(ids).toEqual([...expected.map(({ id }) => id), addedId]);
  });

  it('200 after values of maximum length and with special characters', async () => {
    const name = `x${'\u0001'.repeat(199)}`;
    await buildProduct(test, manager, { name, priceMinor: 100_000_000_000 });
    await buildProduct(test, manager, { name: `y${'中'.repeat(199)}` });
    await buildProduct(test, manager, { name: `z${`"'\\,%;--`.repeat(20)}` });
    await buildProduct(test, manager, { name: 'zz' });
    const rows = await readAll('name,-priceMinor,createdAt', '', { limit: 7 });
    const one = async (cursor: string): Promise<string[]> => {
      const response = await test.http
        .get('/products')
        .query({ limit: 1, sort: 'name,-priceMinor,createdAt', cursor })
        .expect(200);
      const { nextCursor } = response.body.meta.pagination as { nextCursor: string | null };
      const [row] = response.body.data as Row[];
      return [row?.id ?? '', ...(nextCursor === null ? [] : await one(nextCursor))];
    };
    expect(await one('')).toEqual(rows.map(({ id }) => id));
  });

  describe('400', () => {
    const refuse = async (query: Record<string, unknown>, rule = 'cursor.invalid') => {
      const response = await test.http.get('/products').query(query);
      expectError(response, 400, 'VALIDATION_ERROR');
      expect(issuesOf(response)).toEqual([`query cursor ${rule}`]);
    };

    it('for a cursor together with a page', async () => {
      await refuse({ page: 1, cursor: '' }, 'object.oxor');
    });

    it('for a cursor with any character changed', async () => {
      await fill();
      const { nextCursor } = await read('name', '');
      const cursor = nextCursor ?? '';
      const changed = Array.from(cursor, (character, index) => {
        const other = character === 'A' ? 'B' : 'A';
        return cursor.slice(0, index) + other + cursor.slice(index + 1);
      });
      await Promise.all(changed.map((one) => refuse({ sort: 'name', cursor: one })));
    });

    it('for the cursor of another sort order', async () => {
      await fill();
      const { nextCursor } = await read('name', '');
      for (const sort of ['-name', 'name,priceMinor', 'createdAt'])
        await refuse({ sort, cursor: nextCursor });
    });

    it('for a cursor that is too long', async () => {
      await refuse({ cursor: 'A'.repeat(6_001) }, 'string.max');
    });

    it.each(['.', 'no cursor', 'a.b.c', '%00', '[]'])('for %s', async (cursor) => {
      await refuse({ cursor });
    });

    const id = '"0195f2d0-0000-7000-8000-000000000000"';
    it.each([
      ['', 'name'],
      ['{', 'name'],
      ['null', 'name'],
      ['{"0":"name"}', 'name'],
      ['["name"]', 'name'],
      [`["name","a"]`, 'name'],
      [`["name","a",${id},"b"]`, 'name'],
      [`["name","a",${id}]x`, 'name'],
      [`["name",5,${id}]`, 'name'],
      [`["name",null,${id}]`, 'name'],
      [`["name",true,${id}]`, 'name'],
      [`["name",{"a":1},${id}]`, 'name'],
      [`["name",["a"],${id}]`, 'name'],
      [`["name","a\\u0000",${id}]`, 'name'],
      [`["name","a\\ud800",${id}]`, 'name'],
      [`["name","a","12"]`, 'name'],
      [`["name","a",12]`, 'name'],
      [`["name","a","0195f2d0-0000-7000-8000-00000000000 "]`, 'name'],
      [`["priceMinor","a",${id}]`, 'priceMinor'],
      [`["priceMinor",1.5,${id}]`, 'priceMinor'],
      [`["priceMinor",1e300,${id}]`, 'priceMinor'],
      [`["priceMinor",9007199254740993,${id}]`, 'priceMinor'],
      [`["createdAt",5,${id}]`, 'createdAt'],
      [`["createdAt","5",${id}]`, 'createdAt'],
      [`["createdAt","now",${id}]`, 'createdAt'],
      [`["createdAt","infinity",${id}]`, 'createdAt'],
      [`["createdAt","2025-01-01",${id}]`, 'createdAt'],
      [`["createdAt","2025-02-30T00:00:00.000Z",${id}]`, 'createdAt'],
      [`["createdAt","0000-01-01T00:00:00.000Z",${id}]`, 'createdAt'],
      [`["createdAt","+275760-09-13T00:00:00.000Z",${id}]`, 'createdAt'],
    ])('for the forged payload %s', async (payload, sort) => {
      await refuse({ sort, cursor: forge(payload) });
    });
  });
});
