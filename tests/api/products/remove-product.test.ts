import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';
// #region orders
import { buildOrder } from '../../helpers/factories.ts';
// #endregion

describe('DELETE /products/:id', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  it('204 once, then 404', async () => {
    const { id } = await buildProduct(test, manager);
    const response = await test.as(manager).delete(`/products/${id}`).expect(204);
    expect(response.text).toBe('');
    expect(response.get('Content-Type')).toBeUndefined();
    expect(response.get('Cache-Control')).toBe('no-store');
    expectError(await test.as(manager).delete(`/products/${id}`), 404, 'PRODUCTS_NOT_FOUND');
  });

  // #region orders
  it('204 for an ordered product; the order keeps its lines', async () => {
    const { id } = await buildProduct(test, manager, { name: 'Last Lamp', priceMinor: 300 });
    const order = await buildOrder(test, manager, [{ productId: id, quantity: 2 }]);
    await test.as(manager).delete(`/products/${id}`).expect(204);
    const read = await test.as(manager).get(`/orders/${order.id}`).expect(200);
    expect(read.body.data.items).toEqual([
      { productId: id, sku: expect.any(String), name: 'Last Lamp', quantity: 2, unitPriceMinor: 300 },
    ]);
  });
  // #endregion

  it.each(['"v1"', '*', '"v4", "v1"', 'W/"v1"', '"v1-gzip"'])('204 with If-Match: %s', async (ifMatch) => {
    const { id } = await buildProduct(test, manager);
    await test.as(manager).delete(`/products/${id}`).set('If-Match', ifMatch).expect(204);
  });

  it('204 for exactly one of 10 concurrent requests; 404 for the others', async () => {
    const { id } = await buildProduct(test, manager);
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => test.as(manager).delete(`/products/${id}`)),
    );
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([204, ...Array.from({ length: 9 }, () => 404)]);
  });

  it('400 for a malformed id', async () => {
    const response = await test.as(manager).delete('/products/12');
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['params id string.guid']);
  });

  it('401 without an access token', async () => {
    const { id } = await buildProduct(test, manager);
    expectError(await test.http.delete(`/products/${id}`), 401, 'UNAUTHENTICATED');
  });

  it('403 without the permission', async () => {
    const { id } = await buildProduct(test, manager);
    const user = await test.buildUser();
    expectError(await test.as(user).delete(`/products/${id}`), 403, 'FORBIDDEN');
    await test.http.get(`/products/${id}`).expect(200);
  });

  it.each(['"v2"', 'W/"v2"', '"v2-gzip"'])('412 with If-Match: %s, without a deletion', async (ifMatch) => {
    const { id } = await buildProduct(test, manager);
    const response = await test.as(manager).delete(`/products/${id}`).set('If-Match', ifMatch);
    expectError(response, 412, 'PRECONDITION_FAILED');
    await test.http.get(`/products/${id}`).expect(200);
  });
});
