import { expect, it } from '@jest/globals';
import { countedMax, searchCountedMax } from '../../../src/core/pagination.ts';
import { withTestApp } from '../../helpers/with-app.ts';

it('the total of GET /products excludes deleted products, counted or estimated', () =>
  withTestApp({}, async ({ db, http }) => {
    await db.query(
      `INSERT INTO products (id, sku, name, description, price_minor, currency, stock, deleted_at)
       SELECT gen_random_uuid(), 'S' || n, CASE WHEN n <= 1250 THEN 'Lamp' ELSE 'Chair' END, '', 1, 'EUR', n % 100 / 99, CASE WHEN n % 5 = 0 THEN now() END
       FROM generate_series(1, 14000) AS n`,
    );
    await db.query('ANALYZE products');
    const paginationOf = async (query: object) =>
      (await http.get('/products').query(query).expect(200)).body.meta.pagination as { total: number };

    const inStock = { page: 1, limit: 20, total: 140, totalPages: 7 };
    expect(await paginationOf({ inStock: true })).toEqual(inStock);
    const all = await paginationOf({});
    expect(all).toMatchObject({ isTotalEstimated: true });
    expect(all.total).toBeGreaterThan(countedMax);
    expect(all.total).toBeLessThan(12_500);

    expect(await paginationOf({ q: 'lamp' })).toEqual({ page: 1, limit: 20, total: 1000, totalPages: 50 });
    const found = await paginationOf({ q: 'chair' });
    expect(found).toMatchObject({ isTotalEstimated: true });
    expect(found.total).toBeGreaterThan(searchCountedMax);
    expect(found.total).toBeLessThan(12_500);
  }));
