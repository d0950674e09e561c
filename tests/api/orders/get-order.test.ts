import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildOrder, buildProduct, type TestOrder } from '../../helpers/factories.ts';

const nowhere = '/orders/0195f2d0-0000-7000-8000-000000000000';

describe('GET /orders/:id', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;
  let order: TestOrder;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
    const { id: productId } = await buildProduct(test, manager);
    order = await buildOrder(test, user, [{ productId, quantity: 1 }]);
  });
  afterAll(() => test.close());

  it("200 with the caller's order, its version, and no-store", async () => {
    const response = await test.as(user).get(`/orders/${order.id}`).expect(200);
    expect(response.body).toEqual({ status: 'success', data: order });
    expect(response.get('ETag')).toBe('"v1"');
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200 with any order with orders:read-any', async () => {
    const response = await test.as(manager).get(`/orders/${order.id}`).expect(200);
    expect(response.body.data).toEqual(order);
  });

  it('304 if the ETag matches', async () => {
    const response = await test.as(user).get(`/orders/${order.id}`).set('If-None-Match', '"v1"').expect(304);
    expect(response.text).toBe('');
  });

  it('400 for a malformed id', async () => {
    const response = await test.as(user).get('/orders/12');
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['params id string.guid']);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.get(`/orders/${order.id}`), 401, 'UNAUTHENTICATED');
  });

  it('404 for another user’s order, identical to the 404 for an unknown one', async () => {
    const stranger = await test.buildUser();
    const theirs = await test.as(stranger).get(`/orders/${order.id}`);
    const none = await test.as(stranger).get(nowhere);
    expectError(theirs, 404, 'ORDERS_NOT_FOUND');
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
  });
});
