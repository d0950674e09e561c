import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildOrder, buildProduct, type TestOrder } from '../../helpers/factories.ts';

describe('GET /orders', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;
  let stranger: TestUser;
  /** The orders of `user`, one second apart, oldest first. Their totals are 100, 300, 200, 300 and 100. */
  let orders: TestOrder[];
  let strangers: TestOrder;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
    stranger = await test.buildUser();
    const { id: productId } = await buildProduct(test, manager, { priceMinor: 100, stock: 100 });
    orders = [];
    for (const quantity of [1, 3, 2, 3, 1]) {
      test.clock.advance(1_000);
      orders.push(await buildOrder(test, user, [{ productId, quantity }]));
    }
    test.clock.advance(1_000);
    strangers = await buildOrder(test, stranger, [{ productId, quantity: 5 }]);
    await test.as(user).post(`/orders/${orders[1]!.id}/cancel`).expect(200);
  });
  afterAll(() => test.close());

  const list = (query: Record<string, unknown> = {}, by: TestUser = user) =>
    test.as(by).get('/orders').query(query);

  const ids = async (query: Record<string, unknown> = {}, by: TestUser = user): Promise<string[]> => {
    const response = await list(query, by).expect(200);
    return (response.body.data as { id: string }[]).map(({ id }) => id);
  };

  const nth = (...indexes: number[]): string[] => indexes.map((index) => orders[index]!.id);

  it("200 with the caller's orders in full, newest first, and no-store", async () => {
    const response = await list().expect(200);
    expect((response.body.data as { id: string }[]).map(({ id }) => id)).toEqual(nth(4, 3, 2, 1, 0));
    expect(response.body.data[0]).toEqual(orders[4]);
    expect(response.body.meta).toEqual({ pagination: { page: 1, limit: 20, total: 5, totalPages: 1 } });
    expect(response.get('Cache-Control')).toBe('no-store');
    expect(response.get('ETag')).toBeUndefined();
  });

  it('200 with the orders of every customer with orders:read-any', async () => {
    expect(await ids({}, manager)).toEqual([strangers.id, ...nth(4, 3, 2, 1, 0)]);
    expect(await ids({}, stranger)).toEqual([strangers.id]);
  });

  it.each([
    ['cancelled', [1]],
    ['pending', [4, 3, 2, 0]],
    ['refunded', []],
  ])('200 with the %s orders', async (status, expected) => {
    expect(await ids({ status })).toEqual(nth(...expected));
  });

  it.each([
    ['createdAt', [0, 1, 2, 3, 4]],
    ['-createdAt', [4, 3, 2, 1, 0]],
    ['totalMinor,createdAt', [0, 4, 2, 1, 3]],
    ['-totalMinor,createdAt', [1, 3, 2, 0, 4]],
    ['totalMinor,-createdAt', [4, 0, 2, 3, 1]],
  ])('200 sorted by %s, with the same order by page and by cursor', async (sort, expected) => {
    expect(await ids({ sort })).toEqual(nth(...expected));
    const pages = await Promise.all([1, 2, 3, 4].map((page) => ids({ sort, page, limit: 2 })));
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1, 0]);
    expect(pages.flat()).toEqual(nth(...expected));
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const response = await list({ sort, cursor, limit: 2 }).expect(200);
      found.push(...(response.body.data as { id: string }[]).map(({ id }) => id));
      cursor = response.body.meta.pagination.nextCursor as string | null;
    }
    expect(found).toEqual(nth(...expected));
  });

  it("200 with only the caller's orders for the cursor of a caller with orders:read-any", async () => {
    const response = await list({ cursor: '', limit: 1, sort: '-totalMinor' }, manager).expect(200);
    const { nextCursor } = response.body.meta.pagination as { nextCursor: string };
    expect(await ids({ cursor: nextCursor, sort: '-totalMinor' }, stranger)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ status: 'lost' }, 'query status any.only'],
    [{ sort: 'customerId' }, 'query sort string.pattern.base'],
    [{ sort: 'totalMinor,totalMinor' }, 'query sort sort.unique'],
    [{ customerId: '1' }, 'query customerId object.unknown'],
    [{ page: 2, cursor: '' }, 'query cursor object.oxor'],
    [{ cursor: 'nonsense' }, 'query cursor cursor.invalid'],
    [{ limit: 101 }, 'query limit number.max'],
  ])('400 for %j', async (query, issue) => {
    const response = await list(query);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.get('/orders'), 401, 'UNAUTHENTICATED');
  });
});
