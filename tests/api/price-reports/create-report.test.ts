import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { until } from '../../helpers/until.ts';

describe('POST /products/reports/prices', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp({ withWorker: true });
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  /** Creates a report and waits until it is done. Returns the report. */
  const buildReport = async () => {
    const response = await test.as(manager).post('/products/reports/prices').expect(202);
    const location = response.get('Location') ?? '';
    const read = () => test.as(manager).get(`/${location}`).expect(200);
    await until('it is done', async () => (await read()).body.data.status === 'done');
    return (await read()).body.data as { currencies: unknown; finishedAt: string | null };
  };

  it('creates an empty report without products', async () => {
    expect(await buildReport()).toMatchObject({ currencies: [], finishedAt: expect.any(String) });
  });

  it('summarizes the prices of products that are not deleted, by currency', async () => {
    for (const priceMinor of [300, 100, 200])
      await buildProduct(test, manager, { priceMinor, currency: 'USD' });
    await buildProduct(test, manager, { priceMinor: 100_000_000_000, currency: 'EUR' });
    const gone = await buildProduct(test, manager, { priceMinor: 1, currency: 'USD' });
    await test.as(manager).delete(`/products/${gone.id}`).expect(204);
    expect((await buildReport()).currencies).toEqual([
      expect.objectContaining({ currency: 'EUR', count: 1, medianMinor: 100_000_000_000 }),
      expect.objectContaining({ currency: 'USD', count: 3, minMinor: 100, medianMinor: 200, maxMinor: 300 }),
    ]);
  });

  it('reads more prices than one batch holds', async () => {
    await test.db.query(
      `INSERT INTO products (id, sku, name, description, price_minor, currency, stock)
       SELECT gen_random_uuid(), 'MANY-' || n, 'Lamp', '', n, 'CHF', 1 FROM generate_series(1, 20001) AS n`,
    );
    expect((await buildReport()).currencies).toContainEqual(
      expect.objectContaining({
        currency: 'CHF',
        count: 20_001,
        minMinor: 1,
        medianMinor: 10_001,
        maxMinor: 20_001,
      }),
    );
  });
});
