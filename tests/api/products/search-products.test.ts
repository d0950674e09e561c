import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';

describe('GET /products?q=', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    const manager = await test.buildUser({ roles: ['manager'] });
    const products = [
      { sku: 'RUNNING-SHOES', name: 'Sneaker', description: 'Light.' },
      { sku: 'CH-2', name: 'Steel Chair', description: 'Goes well with an oak table.' },
      { sku: 'CH-1', name: 'Oak Chairs', description: 'A pair, for running late.' },
    ];
    for (const product of products) {
      test.clock.advance(1_000);
      await buildProduct(test, manager, product);
    }
  });
  afterAll(() => test.close());

  it.each([
    ['chair', ['Oak Chairs', 'Steel Chair']],
    ['CHAIRS', ['Oak Chairs', 'Steel Chair']],
    ['oak chair', ['Oak Chairs', 'Steel Chair']],
    ['"oak chair"', ['Oak Chairs']],
    ['chair -steel', ['Oak Chairs']],
    ['sneaker or steel', ['Steel Chair', 'Sneaker']],
    ['ran', []],
    ['run', ['Oak Chairs', 'Sneaker']],
    ['RUNNING-SHOES', ['Sneaker']],
    ['CH-2', ['Steel Chair']],
    ['nothing', []],
  ])('200 for %s', async (q, expected) => {
    const response = await test.http.get('/products').query({ q }).expect(200);
    const found = (response.body.data as { name: string }[]).map(({ name }) => name);
    expect(found).toEqual(expected);
    expect(response.body.meta.pagination.total).toBe(expected.length);
  });

  it.each([
    "'", "''", '"', '""', '&', '|', '!', '(', ')', ':*', '<->', '-', '--', '\\', '%', '_', 'a & | b', "x' OR 1=1 --",
    'oak:*', '!!!', '((((', '"unclosed', '-oak', 'or', 'or or', 'the', '\u0001', '𝒳', '$1', ':q', '?', '\uFFFF',
  ])('200 for the malformed search %j', async (q) => {
    await test.http.get('/products').query({ q }).expect(200);
  }); // prettier-ignore
});
