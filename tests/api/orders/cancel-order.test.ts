import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildOrder, buildProduct } from '../../helpers/factories.ts';

const nowhere = '0195f2d0-0000-7000-8000-000000000000';

describe('POST /orders/:id/cancel', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const build = async (status = 'pending') => {
    const { id: productId } = await buildProduct(test, manager, { stock: 10 });
    const order = await buildOrder(test, user, [{ productId, quantity: 4 }]);
    await test.db.query('UPDATE orders SET status = $2 WHERE id = $1', [order.id, status]);
    return { order, productId };
  };

  const cancel = (id: string, by: TestUser = user) => test.as(by).post(`/orders/${id}/cancel`);

  const stockOf = async (id: string): Promise<number> => {
    const response = await test.http.get(`/products/${id}`).expect(200);
    return response.body.data.stock as number;
  };

  it.each(['pending', 'paid'])('200 for a %s order, and releases its stock', async (status) => {
    const { order, productId } = await build(status);
    test.clock.advance(1_000);
    const response = await cancel(order.id).expect(200);
    const updatedAt = test.clock.now().toISOString();
    expect(response.body).toEqual({
      status: 'success',
      data: { ...order, status: 'cancelled', version: 2, updatedAt },
    });
    expect(response.get('ETag')).toBe('"v2"');
    const product = await test.http.get(`/products/${productId}`).expect(200);
    expect(product.body.data).toMatchObject({ stock: 10, version: 3, updatedAt });
    const read = await test.as(user).get(`/orders/${order.id}`).expect(200);
    expect(read.body).toEqual(response.body);
  });

  it('200 for any order with orders:manage', async () => {
    const { order, productId } = await build();
    await cancel(order.id, manager).expect(200);
    expect(await stockOf(productId)).toBe(10);
  });

  it('200 with an empty object as body', async () => {
    const { order } = await build();
    await cancel(order.id).send({}).expect(200);
  });

  it('200 for an order of a deleted product, and releases its stock', async () => {
    const { order, productId } = await build();
    await test.as(manager).delete(`/products/${productId}`).expect(204);
    await cancel(order.id).expect(200);
    expect(await test.db.query('SELECT stock FROM products WHERE id = $1', [productId])).toEqual([
      { stock: 10 },
    ]);
  });

  it('200 for exactly one of 50 concurrent requests, and releases the stock once', async () => {
    const { order, productId } = await build();
    const responses = await Promise.all(Array.from({ length: 50 }, () => cancel(order.id)));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
    expect(await stockOf(productId)).toBe(10);
  });

  it('400 for a malformed id, and for a body', async () => {
    const response = await test.as(user).post('/orders/12/cancel').send({ reason: 'none' });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body reason object.unknown', 'params id string.guid']);
  });

  it('401 without an access token', async () => {
    const { order } = await build();
    expectError(await test.http.post(`/orders/${order.id}/cancel`), 401, 'UNAUTHENTICATED');
  });

  it('404 for another user’s order, identical to the 404 for an unknown one', async () => {
    const { order, productId } = await build();
    const stranger = await test.buildUser();
    const theirs = await cancel(order.id, stranger);
    const none = await cancel(nowhere, stranger);
    expectError(theirs, 404, 'ORDERS_NOT_FOUND');
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
    expect(await stockOf(productId)).toBe(6);
  });

  it.each(['shipped', 'delivered', 'cancelled', 'refunded'])('409 for a %s order', async (status) => {
    const { order, productId } = await build(status);
    const response = await cancel(order.id);
    expectError(response, 409, 'ORDERS_NOT_CANCELLABLE');
    expect(response.body.details).toEqual([{ status }]);
    expect(await stockOf(productId)).toBe(6);
  });
});
