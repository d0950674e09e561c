import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';

const nowhere = '0195f2d0-0000-7000-8000-000000000000';

const address = {
  name: 'Uma User',
  line1: 'Main Street 1',
  line2: '2nd floor',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

describe('POST /orders', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE orders, order_items CASCADE');
  });
  afterAll(() => test.close());

  const place = (body: object) =>
    test.as(user).post('/orders').set('Idempotency-Key', idempotencyKey()).send(body);

  const buildProducts = (count: number) =>
    Promise.all(Array.from({ length: count }, () => buildProduct(test, manager)));

  const stockOf = async (id: string): Promise<number> => {
    const response = await test.http.get(`/products/${id}`).expect(200);
    return response.body.data.stock as number;
  };

  const countOrders = async (): Promise<number> => (await test.db.query('SELECT 1 FROM orders')).length;

  it('201 with the order at catalogue prices, its location and its version', async () => {
    const lamp = await buildProduct(test, manager, { name: 'Lamp', priceMinor: 1_250, stock: 10 });
    const bowl = await buildProduct(test, manager, { name: 'Bowl', priceMinor: 333, stock: 3 });
    const items = [
      { productId: lamp.id, quantity: 2 },
      { productId: bowl.id, quantity: 3 },
    ];
    const response = await place({ items, shippingAddress: address }).expect(201);
    const { id } = response.body.data;
    const now = test.clock.now().toISOString();
    expect(response.body).toMatchObject({
      status: 'success',
      data: {
        id,
        customerId: user.id,
        shippingAddress: address,
        status: 'pending',
        currency: 'EUR',
        totalMinor: 2 * 1_250 + 3 * 333,
        items: [
          { productId: lamp.id, sku: lamp.sku, name: 'Lamp', quantity: 2, unitPriceMinor: 1_250 },
          { productId: bowl.id, sku: bowl.sku, name: 'Bowl', quantity: 3, unitPriceMinor: 333 },
        ],
        createdAt: now,
        updatedAt: now,
        version: 1,
      },
    });
    expect(response.get('Location')).toBe(`/api/v1/orders/${id}`);
    expect(response.get('ETag')).toBe('"v1"');
    expect(response.get('Cache-Control')).toBe('no-store');
    expect(response.get('Idempotency-Replayed')).toBeUndefined();
    expect([await stockOf(lamp.id), await stockOf(bowl.id)]).toEqual([8, 0]);
    const read = await test.as(user).get(`/orders/${id}`).expect(200);
    expect(read.body).toEqual(response.body);
  });

  it('201 without a shipping address, and with one without a second line', async () => {
    const { id: productId } = await buildProduct(test, manager);
    const items = [{ productId, quantity: 1 }];
    const without = await place({ items }).expect(201);
    expect(without.body.data).not.toHaveProperty('shippingAddress');
    const { line2: _line2, ...short } = address;
    const with5 = await place({ items, shippingAddress: short }).expect(201);
    expect(with5.body.data.shippingAddress).toEqual(short);
  });

  it('201 with 50 lines, in the order of the request', async () => {
    const products = await buildProducts(50);
    const response = await place({
      items: products.map(({ id }) => ({ productId: id, quantity: 1 })),
    }).expect(201);
    expect((response.body.data.items as { productId: string }[]).map(({ productId }) => productId)).toEqual(
      products.map(({ id }) => id),
    );
  });

  it('201 with the exact total for the largest amounts', async () => {
    const dear = { priceMinor: 99_999_999_999, stock: 1_000 };
    const products = await Promise.all(Array.from({ length: 50 }, () => buildProduct(test, manager, dear)));
    const response = await place({
      items: products.map(({ id }) => ({ productId: id, quantity: 1_000 })),
    }).expect(201);
    expect(response.body.data.totalMinor).toBe(4_999_999_999_950_000);
  });

  it('201 for a product id in upper case', async () => {
    const { id } = await buildProduct(test, manager, { stock: 1 });
    const response = await place({ items: [{ productId: id.toUpperCase(), quantity: 1 }] }).expect(201);
    expect(response.body.data.items[0].productId).toBe(id);
    expect(await stockOf(id)).toBe(0);
  });

  it('keeps prices and names after the product changes', async () => {
    const { id: productId } = await buildProduct(test, manager, { name: 'Old', priceMinor: 100 });
    const placed = await place({ items: [{ productId, quantity: 1 }] }).expect(201);
    await test
      .as(manager)
      .patch(`/products/${productId}`)
      .send({ name: 'New', priceMinor: 900, sku: 'NEW' })
      .expect(200);
    const read = await test.as(user).get(`/orders/${placed.body.data.id}`).expect(200);
    expect(read.body).toEqual(placed.body);
  });

  it('400 with every invalid field and the missing key in one response', async () => {
    const { id: productId } = await buildProduct(test, manager);
    const response = await test
      .as(user)
      .post('/orders')
      .send({
        items: [
          { productId, quantity: 0 },
          { productId: '12', quantity: 1.5, unitPriceMinor: 1 },
        ],
        shippingAddress: { ...address, country: 'de', line1: '' },
        totalMinor: 1,
      });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([
      'body items.0.quantity number.min',
      'body items.1.productId string.guid',
      'body items.1.quantity number.integer',
      'body items.1.unitPriceMinor object.unknown',
      'body shippingAddress.country string.pattern.base',
      'body shippingAddress.line1 string.empty',
      'body totalMinor object.unknown',
      'headers idempotency-key any.required',
    ]);
  });

  it.each<[string, object, string]>([
    ['no lines', { items: [] }, 'body items array.min'],
    [
      '51 lines',
      { items: Array.from({ length: 51 }, () => ({ productId: nowhere, quantity: 1 })) },
      'body items array.max',
    ],
    ['a quantity of 1,001', { items: [{ productId: nowhere, quantity: 1_001 }] }, 'body items.0.quantity number.max'],
    ['a quantity as text', { items: [{ productId: nowhere, quantity: '1' }] }, 'body items.0.quantity number.base'],
    ['a line that is null', { items: [null] }, 'body items.0 object.base'],
    ['an id in braces', { items: [{ productId: `{${nowhere}}`, quantity: 1 }] }, 'body items.0.productId string.guid'],
    ['an address without a city', { items: [{ productId: nowhere, quantity: 1 }], shippingAddress: { ...address, city: undefined } }, 'body shippingAddress.city any.required'],
    ['an address that is null', { items: [{ productId: nowhere, quantity: 1 }], shippingAddress: null }, 'body shippingAddress object.base'],
    ['a customer id', { items: [{ productId: nowhere, quantity: 1 }], customerId: nowhere }, 'body customerId object.unknown'],
  ])('400 for %s', async (_what, body, issue) => {
    const response = await place(body);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  }); // prettier-ignore

  it('400 for the same product twice, also in another letter case', async () => {
    const { id } = await buildProduct(test, manager);
    const other = await buildProduct(test, manager);
    const items = [id, other.id, id.toUpperCase(), id].map((productId) => ({ productId, quantity: 1 }));
    const response = await place({ items });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([
      'body items.2.productId array.unique',
      'body items.3.productId array.unique',
    ]);
    expect(await stockOf(id)).toBe(10);
    expect(await countOrders()).toBe(0);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.post('/orders').send({}), 401, 'UNAUTHENTICATED');
  });

  it('409 for unknown or deleted products, without reserving stock', async () => {
    const there = await buildProduct(test, manager, { stock: 5 });
    const removed = await buildProduct(test, manager);
    await test.as(manager).delete(`/products/${removed.id}`).expect(204);
    const items = [there.id, removed.id, nowhere].map((productId) => ({ productId, quantity: 1 }));
    const response = await place({ items });
    expectError(response, 409, 'ORDERS_PRODUCT_GONE');
    expect(response.body.details).toEqual([{ productId: removed.id }, { productId: nowhere }]);
    expect(await stockOf(there.id)).toBe(5);
    expect(await countOrders()).toBe(0);
  });

  it('409 if stock is short, without reserving the other lines', async () => {
    const plenty = await buildProduct(test, manager, { stock: 5 });
    const short = await buildProduct(test, manager, { stock: 1 });
    const none = await buildProduct(test, manager, { stock: 0 });
    const items = [
      { productId: plenty.id, quantity: 5 },
      { productId: short.id, quantity: 2 },
      { productId: none.id, quantity: 1 },
    ];
    const response = await place({ items });
    expectError(response, 409, 'ORDERS_OUT_OF_STOCK');
    expect(response.body.details).toEqual([{ productId: short.id }, { productId: none.id }]);
    expect([await stockOf(plenty.id), await stockOf(short.id)]).toEqual([5, 1]);
    const read = await test.http.get(`/products/${plenty.id}`).expect(200);
    expect(read.body.data.version).toBe(1);
    expect(await countOrders()).toBe(0);
  });

  it('409 for products of different currencies, without reserving stock', async () => {
    const euros = await buildProduct(test, manager, { currency: 'EUR', stock: 5 });
    const dollars = await buildProduct(test, manager, { currency: 'USD', stock: 5 });
    const response = await place({
      items: [euros.id, dollars.id].map((productId) => ({ productId, quantity: 1 })),
    });
    expectError(response, 409, 'ORDERS_MIXED_CURRENCIES');
    expect([await stockOf(euros.id), await stockOf(dollars.id)]).toEqual([5, 5]);
    expect(await countOrders()).toBe(0);
  });
});
