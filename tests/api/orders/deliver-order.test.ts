import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildOrder, buildProduct, type TestOrder } from '../../helpers/factories.ts';

const nowhere = '0195f2d0-0000-7000-8000-000000000000';

describe('POST /orders/:id/deliver', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const build = async (status: string): Promise<TestOrder> => {
    const { id: productId } = await buildProduct(test, manager);
    const order = await buildOrder(test, user, [{ productId, quantity: 1 }]);
    await test.db.query('UPDATE orders SET status = $2 WHERE id = $1', [order.id, status]);
    return order;
  };

  const deliver = (id: string, by: TestUser = manager) => test.as(by).post(`/orders/${id}/deliver`);

  it('200 for a shipped order', async () => {
    const order = await build('shipped');
    test.clock.advance(1_000);
    const response = await deliver(order.id).expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: { ...order, status: 'delivered', version: 2, updatedAt: test.clock.now().toISOString() },
    });
    expect(response.get('ETag')).toBe('"v2"');
    const read = await test.as(user).get(`/orders/${order.id}`).expect(200);
    expect(read.body).toEqual(response.body);
  });

  it('200 for exactly one of 10 concurrent requests', async () => {
    const { id } = await build('shipped');
    const responses = await Promise.all(Array.from({ length: 10 }, () => deliver(id)));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('400 for a malformed id', async () => {
    const response = await deliver('12');
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['params id string.guid']);
  });

  it('401 without an access token', async () => {
    const { id } = await build('shipped');
    expectError(await test.http.post(`/orders/${id}/deliver`), 401, 'UNAUTHENTICATED');
  });

  it("403 without the permission, also for the caller's own order", async () => {
    const { id } = await build('shipped');
    expectError(await deliver(id, user), 403, 'FORBIDDEN');
  });

  it('404 for an unknown order', async () => {
    expectError(await deliver(nowhere), 404, 'ORDERS_NOT_FOUND');
  });

  it.each(['pending', 'paid', 'delivered', 'cancelled', 'refunded'])('409 for a %s order', async (status) => {
    const { id } = await build(status);
    const response = await deliver(id);
    expectError(response, 409, 'ORDERS_NOT_DELIVERABLE');
    expect(response.body.details).toEqual([{ status }]);
  });
});
