import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { searchCountedMax } from '../../../src/core/pagination.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { recordStatements } from '../../helpers/statements.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('GET /products?q= with only stop words or symbols', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    const manager = await test.buildUser({ roles: ['manager'] });
    const products = [
      ['A-1', 'The Who'],
      ['B-2', 'Theodolite'],
      ['AND', 'Steel Table'],
      ['D-4', 'Oak and Iron'],
      ['E-5', '%off'],
      ['F-6', '_blank'],
      ['G-7', '!!!'],
      ['H-8', '🎸'],
      ['I-9', 'a\\b'],
      ['J-10', 'Cafe\u0301'],
    ] as const;
    for (const [sku, name] of products) {
      await buildProduct(test, manager, { sku, name, description: 'Made for the few of us, and for all.' });
    }
  });
  afterAll(() => test.close());

  const find = async (q: string) => {
    const { body } = await test.http.get('/products').query({ q, sort: 'name' }).expect(200);
    const names = (body.data as { name: string }[]).map(({ name }) => name);
    expect(body.meta.pagination.total).toBe(names.length);
    return names.sort();
  };

  it.each([
    ['the', ['The Who', 'Theodolite']],
    ['THE', ['The Who', 'Theodolite']],
    [' the ', ['The Who', 'Theodolite']],
    ['who', ['The Who']],
    ['the who', ['The Who']],
    ['who the', ['The Who']],
    ['"the who"', ['The Who']],
    ['"who the"', []],
    ['and', ['Oak and Iron', 'Steel Table']],
    ['a', ['The Who', 'a\\b']],
    ['i', ['a\\b']],
    ['for the', []],
    ['%', ['%off']],
    ['_', ['_blank']],
    ['%%', []],
    ['!', ['!!!']],
    ['!!!', ['!!!']],
    ['\\', []],
    ['🎸', ['🎸']],
    ['cafe\u0301', ['Caf\u00e9']],
    ['CAF\u00c9', ['Caf\u00e9']],
  ])('200 for %j', async (q, expected) => {
    expect(await find(q)).toEqual(expected.sort());
  });

  it('200 with a cursor', async () => {
    const first = await test.http.get('/products').query({ q: 'the', sort: 'name', cursor: '', limit: 1 });
    expect(first.body.data).toMatchObject([{ name: 'The Who' }]);
    const cursor = first.body.meta.pagination.nextCursor as string;
    const second = await test.http.get('/products').query({ q: 'the', sort: 'name', cursor, limit: 1 });
    expect(second.body.data).toMatchObject([{ name: 'Theodolite' }]);
    expect(second.body.meta.pagination.hasMore).toBe(false);
  });
});

it('a search for stop words uses the indexes and estimates large totals', () =>
  withTestApp({}, async (app) => {
    await app.db.query(
      `INSERT INTO products (id, sku, name, description, price_minor, currency, stock)
       SELECT gen_random_uuid(), 'S' || n, CASE WHEN n % 10000 = 1 THEN 'The ' ELSE 'Oak and ' END || md5((n % 500)::text), '', 1, 'EUR', 1
       FROM generate_series(1, 30000) AS n`,
    );
    // Update the planner's statistics, and move the new entries into the main part of the search index (GIN).
    await app.db.query('VACUUM ANALYZE products');
    const statementsOf = recordStatements(app);

    const [page] = await statementsOf(app.http.get('/products').query({ q: 'the' }));
    const plan = await app.db.query(`EXPLAIN (ANALYZE) ${page!.sql}`, [...page!.parameters]);
    const lines = plan.map((row) => Object.values(row as object).join());
    expect(lines.join()).toContain('products_search');
    expect(lines.join()).toContain('products_lower_name');
    expect(lines.filter((line) => line.includes('Rows Removed'))).toEqual([]);

    const { body } = await app.http.get('/products').query({ q: 'and' }).expect(200);
    expect(body.meta.pagination).toMatchObject({ isTotalEstimated: true });
    expect(body.meta.pagination.total).toBeGreaterThan(searchCountedMax);
    const rare = await app.http.get('/products').query({ q: 'the' }).expect(200);
    expect(rare.body.meta.pagination).toEqual({ page: 1, limit: 20, total: 3, totalPages: 1 });
  }));
