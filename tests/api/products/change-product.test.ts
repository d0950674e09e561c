import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';
// #region orders
import { buildOrder } from '../../helpers/factories.ts';
// #endregion

const nowhere = '/products/0195f2d0-0000-7000-8000-000000000000';

describe('PATCH /products/:id', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const change = (id: string, body: object) => test.as(manager).patch(`/products/${id}`).send(body);

  it('200 with only the given fields changed, and the next version', async () => {
    const product = await buildProduct(test, manager);
    test.clock.advance(5_000);
    const response = await change(product.id, { priceMinor: 1, description: '' }).expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: {
        ...product,
        priceMinor: 1,
        description: '',
        version: 2,
        updatedAt: test.clock.now().toISOString(),
      },
    });
    expect(response.get('ETag')).toBe('"v2"');
    expect(response.get('Cache-Control')).toBe('no-store');
    const read = await test.http.get(`/products/${product.id}`).expect(200);
    expect(read.body).toEqual(response.body);
  });

  it('200 with the current sku', async () => {
    const { id, sku } = await buildProduct(test, manager);
    await change(id, { sku }).expect(200);
  });

  it.each([
    ['the current tag', '"v1"'],
    ['any version', '*'],
    ['a list with the current tag', '"v7", "v1"'],
    ['the current tag, made weak by a proxy', 'W/"v1"'],
    ['the current tag, with the suffix of a compressing proxy', '"v1-gzip"'],
    ['a list of weak and suffixed tags', 'W/"v7-br", "v1--gzip"'],
  ])('200 with If-Match of %s', async (_what, ifMatch) => {
    const { id } = await buildProduct(test, manager);
    await change(id, { name: 'New' }).set('If-Match', ifMatch).expect(200);
  });

  it('200 for exactly one of 10 concurrent changes of the same version; 412 for the others', async () => {
    const { id } = await buildProduct(test, manager);
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_one, index) =>
        change(id, { name: `Name ${index}` }).set('If-Match', '"v1"'),
      ),
    );
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    const winner = responses.find(({ status }) => status === 200);
    const read = await test.http.get(`/products/${id}`).expect(200);
    expect(read.body).toEqual(winner?.body);
    expect(read.body.data.version).toBe(2);
  });

  it('400 for an empty change', async () => {
    const { id } = await buildProduct(test, manager);
    const response = await change(id, {});
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['body  object.min']);
  });

  it('400 with every issue of id and body, including read-only fields', async () => {
    const response = await change('12', { stock: -1, version: 3, createdAt: '2020-01-01T00:00:00.000Z' });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([
      'body createdAt object.unknown',
      'body stock number.min',
      'body version object.unknown',
      'params id string.guid',
    ]);
  });

  it('401 without an access token', async () => {
    const { id } = await buildProduct(test, manager);
    expectError(await test.http.patch(`/products/${id}`).send({ name: 'New' }), 401, 'UNAUTHENTICATED');
  });

  it('403 without the permission', async () => {
    const { id } = await buildProduct(test, manager);
    const user = await test.buildUser();
    expectError(await test.as(user).patch(`/products/${id}`).send({ name: 'New' }), 403, 'FORBIDDEN');
  });

  it('404 for an unknown product, and for a deleted one', async () => {
    const { id } = await buildProduct(test, manager);
    await test.as(manager).delete(`/products/${id}`).expect(204);
    expectError(await change(id, { name: 'New' }), 404, 'PRODUCTS_NOT_FOUND');
    expectError(await test.as(manager).patch(nowhere).send({ name: 'New' }), 404, 'PRODUCTS_NOT_FOUND');
  });

  it('409 for a sku that another product has', async () => {
    const { sku } = await buildProduct(test, manager);
    const { id } = await buildProduct(test, manager);
    expectError(await change(id, { sku }), 409, 'PRODUCTS_SKU_TAKEN');
  });

  it.each([
    ['another version', '"v2"'],
    ['another version, weak', 'W/"v2"'],
    ['another version, with the suffix of a proxy', '"v2-gzip"'],
    ['a tag without quotes', 'v1'],
    ['a list of other versions', '"v2", "v3"'],
    ['an empty value', ''],
  ])('412 with If-Match of %s, without a change', async (_what, ifMatch) => {
    const product = await buildProduct(test, manager);
    const response = await change(product.id, { name: 'New' }).set('If-Match', ifMatch);
    expectError(response, 412, 'PRECONDITION_FAILED');
    const read = await test.http.get(`/products/${product.id}`).expect(200);
    expect(read.body.data).toEqual(product);
  });

  // #region orders
  it('412 for a version from before an order reserved stock', async () => {
    const { id } = await buildProduct(test, manager, { stock: 5 });
    await buildOrder(test, manager, [{ productId: id, quantity: 2 }]);
    const response = await change(id, { stock: 5 }).set('If-Match', '"v1"');
    expectError(response, 412, 'PRECONDITION_FAILED');
    const read = await test.http.get(`/products/${id}`).expect(200);
    expect(read.body.data).toMatchObject({ stock: 3, version: 2 });
    await change(id, { stock: 5 }).set('If-Match', '"v2"').expect(200);
  });
  // #endregion
});
