import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';

describe('GET /products/:id', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  it('200 with the product, its version as ETag, and public caching', async () => {
    const product = await buildProduct(test, manager, { name: 'Blue Lamp', priceMinor: 999, stock: 3 });
    const response = await test.http.get(`/products/${product.id}`).expect(200);
    expect(response.body).toEqual({ status: 'success', data: product });
    expect(product).toMatchObject({
      name: 'Blue Lamp',
      priceMinor: 999,
      stock: 3,
      currency: 'EUR',
      version: 1,
    });
    expect(response.get('ETag')).toBe('"v1"');
    expect(response.get('Cache-Control')).toBe('public, no-cache');
  });

  it('304 without a body if the ETag matches', async () => {
    const { id } = await buildProduct(test, manager);
    const response = await test.http.get(`/products/${id}`).set('If-None-Match', 'W/"v1"').expect(304);
    expect(response.text).toBe('');
  });

  it('200 even with an invalid access token', async () => {
    const { id } = await buildProduct(test, manager);
    await test.http.get(`/products/${id}`).set('Authorization', 'Bearer nonsense').expect(200);
  });

  it('400 for a malformed id', async () => {
    const response = await test.http.get('/products/12').expect(400);
    expect(response.body).toMatchObject({
      status: 'error',
      code: 'VALIDATION_ERROR',
      details: [{ in: 'params', path: 'id', rule: 'string.guid' }],
    });
  });

  it('404 for an unknown product, and for a deleted one', async () => {
    const { id } = await buildProduct(test, manager);
    await test.as(manager).delete(`/products/${id}`).expect(204);
    const removed = await test.http.get(`/products/${id}`).expect(404);
    const never = await test.http.get('/products/0195f2d0-0000-7000-8000-000000000000').expect(404);
    expect(removed.body.code).toBe('PRODUCTS_NOT_FOUND');
    expect({ ...never.body, requestId: '' }).toEqual({ ...removed.body, requestId: '' });
  });
});
