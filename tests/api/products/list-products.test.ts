import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';

describe('GET /products', () => {
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

  const list = (query: Record<string, unknown>) => test.http.get('/products').query(query);

  const names = async (query: Record<string, unknown>): Promise<string[]> => {
    const response = await list(query).expect(200);
    return (response.body.data as { name: string }[]).map(({ name }) => name);
  };

  /** Creates these products, one second apart, oldest first. */
  const build = async (...products: Parameters<typeof buildProduct>[2][]): Promise<void> => {
    for (const product of products) {
      test.clock.advance(1_000);
      await buildProduct(test, manager, product);
    }
  };

  it('200 with all products, newest first, and public caching', async () => {
    await build({ name: 'One' }, { name: 'Two' });
    const response = await test.http.get('/products').expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: [expect.objectContaining({ name: 'Two' }), expect.objectContaining({ name: 'One' })],
      meta: { pagination: { page: 1, limit: 20, total: 2, totalPages: 1 } },
    });
    expect(response.get('Cache-Control')).toBe('public, no-cache');
    expect(response.get('ETag')).toBeUndefined();
  });

  it('200 with the same fields as GET /products/:id', async () => {
    const product = await buildProduct(test, manager);
    const response = await test.http.get('/products').expect(200);
    expect(response.body.data).toEqual([product]);
  });

  it('200 with an empty list without products', async () => {
    const response = await list({}).expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: [],
      meta: { pagination: { page: 1, limit: 20, total: 0, totalPages: 0 } },
    });
  });

  describe('by page', () => {
    it.each([
      [1, ['E', 'D']],
      [2, ['C', 'B']],
      [3, ['A']],
      [4, []],
      [10_000, []],
    ])('200 with page %i of three', async (page, expected) => {
      await build(...['A', 'B', 'C', 'D', 'E'].map((name) => ({ name })));
      const response = await list({ page, limit: 2 }).expect(200);
      expect((response.body.data as { name: string }[]).map(({ name }) => name)).toEqual(expected);
      expect(response.body.meta).toEqual({ pagination: { page, limit: 2, total: 5, totalPages: 3 } });
    });

    it('200 with limits of 1 and 100', async () => {
      await build({ name: 'One' }, { name: 'Two' });
      const one = await list({ limit: 1 }).expect(200);
      expect(one.body.meta.pagination).toEqual({ page: 1, limit: 1, total: 2, totalPages: 2 });
      const all = await list({ limit: 100 }).expect(200);
      expect(all.body.meta.pagination).toEqual({ page: 1, limit: 100, total: 2, totalPages: 1 });
    });

    it('200 with every row once if all sort values are equal', async () => {
      const built = [];
      for (let count = 0; count < 7; count += 1) built.push(await buildProduct(test, manager));
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) => list({ page, limit: 2, sort: 'name' }).expect(200)),
      );
      const ids = pages.flatMap(({ body }) => (body.data as { id: string }[]).map(({ id }) => id));
      expect(ids).toEqual(built.map(({ id }) => id).sort());
    });
  });

  describe('sorted', () => {
    it.each([
      ['name', ['Ash', 'Birch', 'Cedar', 'Dogwood']],
      ['-name', ['Dogwood', 'Cedar', 'Birch', 'Ash']],
      ['priceMinor,name', ['Cedar', 'Ash', 'Birch', 'Dogwood']],
      ['-priceMinor,name', ['Dogwood', 'Ash', 'Birch', 'Cedar']],
      ['priceMinor,-name', ['Cedar', 'Birch', 'Ash', 'Dogwood']],
      ['createdAt', ['Birch', 'Ash', 'Dogwood', 'Cedar']],
      ['-createdAt', ['Cedar', 'Dogwood', 'Ash', 'Birch']],
      ['-priceMinor,createdAt,name', ['Dogwood', 'Birch', 'Ash', 'Cedar']],
    ])('200 sorted by %s', async (sort, expected) => {
      await build(
        { name: 'Birch', priceMinor: 200 },
        { name: 'Ash', priceMinor: 200 },
        { name: 'Dogwood', priceMinor: 1_000 },
        { name: 'Cedar', priceMinor: 30 },
      );
      expect(await names({ sort })).toEqual(expected);
    });

    it.each([
      ['name;drop table products', 'string.pattern.base'],
      ['name desc', 'string.pattern.base'],
      ['id', 'string.pattern.base'],
      ['stock', 'string.pattern.base'],
      ['Name', 'string.pattern.base'],
      ['--name', 'string.pattern.base'],
      ['+name', 'string.pattern.base'],
      ['name,', 'string.pattern.base'],
      ['name, priceMinor', 'string.pattern.base'],
      ['name\n', 'string.pattern.base'],
      ['constructor', 'string.pattern.base'],
      ['name,priceMinor,createdAt,name', 'string.pattern.base'],
      ['', 'string.empty'],
      ['name,name', 'sort.unique'],
      ['name,-name', 'sort.unique'],
    ])('400 for sort %j', async (sort, rule) => {
      const response = await list({ sort });
      expectError(response, 400, 'VALIDATION_ERROR');
      expect(issuesOf(response)).toEqual([`query sort ${rule}`]);
    });
  });

  describe('filtered', () => {
    it.each<[Record<string, unknown>, string[]]>([
      [{ minPrice: 200 }, ['Dear', 'Middle']],
      [{ maxPrice: 200 }, ['Middle', 'Cheap']],
      [{ minPrice: 101, maxPrice: 299 }, ['Middle']],
      [{ minPrice: 300, maxPrice: 100 }, []],
      [{ inStock: true }, ['Dear', 'Cheap']],
      [{ inStock: false }, ['Middle']],
      [{ inStock: true, maxPrice: 100, q: 'cheap' }, ['Cheap']],
    ])('200 with the products and total for %j', async (query, expected) => {
      await build(
        { name: 'Cheap', priceMinor: 100, stock: 1 },
        { name: 'Middle', priceMinor: 200, stock: 0 },
        { name: 'Dear', priceMinor: 300, stock: 2 },
      );
      expect(await names(query)).toEqual(expected);
      const response = await list(query).expect(200);
      expect(response.body.meta.pagination.total).toBe(expected.length);
    });

    it('200 without deleted products', async () => {
      await build({ name: 'Stays' });
      const { id } = await buildProduct(test, manager, { name: 'Goes' });
      await test.as(manager).delete(`/products/${id}`).expect(204);
      expect(await names({})).toEqual(['Stays']);
      expect(await names({ q: 'goes' })).toEqual([]);
      expect(await names({ cursor: '', inStock: true })).toEqual(['Stays']);
    });

    it.each<[Record<string, unknown>, string]>([
      [{ minPrice: -1 }, 'minPrice number.min'],
      [{ minPrice: '1.5' }, 'minPrice number.integer'],
      [{ maxPrice: 'many' }, 'maxPrice number.base'],
      [{ maxPrice: '1e3' }, 'maxPrice number.base'],
      [{ maxPrice: '99999999999999999999' }, 'maxPrice number.base'],
      [{ inStock: 'yes' }, 'inStock boolean.base'],
      [{ inStock: 'TRUE' }, 'inStock boolean.base'],
      [{ inStock: 1 }, 'inStock boolean.base'],
      [{ unknownKey: 'red' }, 'unknownKey object.unknown'],
      [{ 'filter[name]': 'x' }, 'filter[name] object.unknown'],
      [{ limit: 0 }, 'limit number.min'],
      [{ limit: 101 }, 'limit number.max'],
      [{ limit: '' }, 'limit number.base'],
      [{ page: 0 }, 'page number.min'],
      [{ page: 10_001 }, 'page number.max'],
      [{ q: '' }, 'q string.empty'],
      [{ q: '   ' }, 'q string.pattern.base'],
      [{ q: 'x'.repeat(201) }, 'q string.max'],
    ])('400 for %j', async (query, issue) => {
      const response = await list(query);
      expectError(response, 400, 'VALIDATION_ERROR');
      expect(issuesOf(response)).toEqual([`query ${issue}`]);
    });
  });
});
