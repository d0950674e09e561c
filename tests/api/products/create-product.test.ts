import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';

const newSku = () => `SKU-${randomUUID()}`;

describe('POST /products', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const create = (body: object) => test.as(manager).post('/products').send(body);

  it('201 with the product, its location and its version', async () => {
    const body = {
      sku: newSku(),
      name: 'Oak Lamp',
      description: 'Warm light.',
      priceMinor: 4_999,
      currency: 'EUR',
      stock: 7,
    };
    const response = await create(body).expect(201);
    const { id } = response.body.data;
    const now = test.clock.now().toISOString();
    expect(response.body).toEqual({
      status: 'success',
      data: expect.objectContaining({ ...body, id, version: 1, createdAt: now, updatedAt: now }),
    });
    expect(response.get('Location')).toBe(`/api/v1/products/${id}`);
    expect(response.get('ETag')).toBe('"v1"');
    expect(response.get('Cache-Control')).toBe('no-store');
    const read = await test.http.get(`/products/${id}`).expect(200);
    expect(read.body).toEqual(response.body);
  });

  it('201 with an empty description and no stock by default', async () => {
    const response = await create({ sku: newSku(), name: 'Lamp', priceMinor: 0, currency: 'JPY' }).expect(
      201,
    );
    expect(response.body.data).toMatchObject({ description: '', stock: 0, priceMinor: 0 });
  });

  it('201 at the limits of every field', async () => {
    const largest = {
      sku: 'S'.repeat(64),
      name: 'n'.repeat(200),
      description: 'd'.repeat(5_000),
      priceMinor: 100_000_000_000,
      currency: 'ZWG',
      stock: 1_000_000_000,
    };
    const response = await create(largest).expect(201);
    expect(response.body.data).toMatchObject(largest);
  });

  it('201 with any Unicode text, unchanged', async () => {
    const name = `"Löffel" 'x' \\ <b>%_ 𝒳 \u200d👩‍🚀 \u0001\t`;
    const response = await create({ sku: newSku(), name, priceMinor: 1, currency: 'EUR' }).expect(201);
    expect(response.body.data.name).toBe(name);
  });

  it('201 with the sku of a deleted product', async () => {
    const { id, sku } = await buildProduct(test, manager);
    await test.as(manager).delete(`/products/${id}`).expect(204);
    const again = await buildProduct(test, manager, { sku });
    expect(again.sku).toBe(sku);
  });

  it('400 with every invalid field', async () => {
    const response = await create({
      sku: 'two words',
      name: '   ',
      description: 5,
      priceMinor: 1.5,
      currency: 'eur',
      stock: '1',
      unknownKey: 'red',
    });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([
      'body currency any.only',
      'body description string.base',
      'body name string.pattern.base',
      'body priceMinor number.integer',
      'body sku string.pattern.base',
      'body stock number.base',
      'body unknownKey object.unknown',
    ]);
  });

  it('400 with every missing field', async () => {
    const response = await create({});
    expect(issuesOf(response)).toEqual([
      'body currency any.required',
      'body name any.required',
      'body priceMinor any.required',
      'body sku any.required',
    ]);
  });

  it.each<[string, object, string]>([
    ['a sku of 65 characters', { sku: 'S'.repeat(65) }, 'body sku string.max'],
    ['an empty sku', { sku: '' }, 'body sku string.empty'],
    ['a sku with a line break', { sku: 'A\n' }, 'body sku string.pattern.base'],
    ['a name of 201 characters', { name: 'n'.repeat(201) }, 'body name string.max'],
    ['an empty name', { name: '' }, 'body name string.empty'],
    ['a name that is null', { name: null }, 'body name string.base'],
    ['a description of 5,001 characters', { description: 'd'.repeat(5_001) }, 'body description string.max'],
    ['a negative price', { priceMinor: -1 }, 'body priceMinor number.min'],
    ['a price above the limit', { priceMinor: 100_000_000_001 }, 'body priceMinor number.max'],
    ['a price as text', { priceMinor: '100' }, 'body priceMinor number.base'],
    ['a negative stock', { stock: -1 }, 'body stock number.min'],
    ['a stock above the limit', { stock: 1_000_000_001 }, 'body stock number.max'],
    ['a currency of four letters', { currency: 'EURO' }, 'body currency any.only'],
    ['an unknown currency', { currency: 'ZZZ' }, 'body currency any.only'],
    ['a withdrawn currency', { currency: 'DEM' }, 'body currency any.only'],
    ['the code XXX for no currency', { currency: 'XXX' }, 'body currency any.only'],
    ['an id', { id: randomUUID() }, 'body id object.unknown'],
    ['a version', { version: 7 }, 'body version object.unknown'],
  ])('400 for %s', async (_what, wrong, issue) => {
    const response = await create({ sku: newSku(), name: 'Lamp', priceMinor: 1, currency: 'EUR', ...wrong });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  });

  it('401 without an access token', async () => {
    const response = await test.http.post('/products').send({});
    expectError(response, 401, 'UNAUTHENTICATED');
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('403 without the permission, before validation', async () => {
    const user = await test.buildUser();
    expectError(await test.as(user).post('/products').send({}), 403, 'FORBIDDEN');
  });

  it('409 for a sku that another product has', async () => {
    const { sku } = await buildProduct(test, manager);
    const response = await create({ sku, name: 'Lamp', priceMinor: 1, currency: 'EUR' });
    expectError(response, 409, 'PRODUCTS_SKU_TAKEN');
  });

  it('409 for all but one of 10 concurrent requests with the same sku', async () => {
    const body = { sku: newSku(), name: 'Lamp', priceMinor: 1, currency: 'EUR' };
    const responses = await Promise.all(Array.from({ length: 10 }, () => create(body)));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });
});
