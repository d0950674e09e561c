import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';
import {
  buildImport,
  runImportJob,
  csvLines,
  listProductsBySkuPrefix,
  readImport,
} from '../../helpers/imports.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
import { until } from '../../helpers/until.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('the job products.import', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  it('imports valid lines and skips invalid ones', async () => {
    const [first = '', second = ''] = csvLines('AMONG', 2);
    const { id } = await buildImport(test, manager, first, 'AMONG-BAD,Lamp,,free,EUR,1', second);
    await runImportJob(test, id);
    expect(await listProductsBySkuPrefix(test, 'AMONG')).toEqual([
      { sku: 'AMONG-1', name: 'Oak Lamp', price: 1, stock: 3, version: 1, isDeleted: false },
      { sku: 'AMONG-2', name: 'Oak Lamp', price: 2, stock: 3, version: 1, isDeleted: false },
    ]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 2, failed: 1 });
  });

  it.each([
    ['every cell except the sku', 'EMPTY-ALL,,,,,', {}],
    [
      'the stock',
      'EMPTY-STOCK,New Lamp,Other.,900,USD,',
      { name: 'New Lamp', description: 'Other.', priceMinor: 900, currency: 'USD' },
    ],
    [
      'the description',
      'EMPTY-DESCRIPTION,New Lamp,,900,EUR,3',
      { name: 'New Lamp', priceMinor: 900, stock: 3 },
    ],
    ['name, price and currency', 'EMPTY-REST,"",Other.,,,0', { description: 'Other.', stock: 0 }],
  ])('keeps the values of an existing product for empty cells: %s', async (_name, line, changes) => {
    const {
      version,
      updatedAt: _updatedAt,
      ...before
    } = { updatedAt: '', ...(await buildProduct(test, manager, { sku: line.split(',')[0]!, stock: 7 })) };
    const { id } = await buildImport(test, manager, line);
    await runImportJob(test, id);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 1, failed: 0 });
    const { body } = await test.http.get(`/products/${before.id}`).expect(200);
    const isChanged = Object.keys(changes).length > 0;
    expect(body.data).toMatchObject({ ...before, ...changes, version: isChanged ? version + 1 : version });
  });

  it('keeps values of earlier lines for empty cells, and rejects incomplete lines of new products', async () => {
    const { id } = await buildImport(
      test,
      manager,
      'LATER,,,,,5',
      'LATER,First,A lamp.,1,EUR,4',
      'LATER,Second,,,,',
      'LATER,,,2,,0',
      'ALONE,,,,,9',
    );
    await runImportJob(test, id);
    expect(await listProductsBySkuPrefix(test, 'LATER')).toEqual([
      expect.objectContaining({ name: 'Second', price: 2, stock: 0 }),
    ]);
    expect(await listProductsBySkuPrefix(test, 'ALONE')).toEqual([]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 3, failed: 2 });
  });

  it('changes an existing product, and keeps the version of an unchanged one', async () => {
    const changed = await buildProduct(test, manager, { sku: 'KNOWN-1', stock: 7 });
    const same = await buildProduct(test, manager, { sku: 'KNOWN-2' });
    const { id } = await buildImport(
      test,
      manager,
      'KNOWN-1,New Lamp,,900,EUR,',
      `KNOWN-2,${same.name},${same.description},${same.priceMinor},${same.currency},${same.stock}`,
    );
    await runImportJob(test, id);
    const response = await test.http.get(`/products/${changed.id}`).expect(200);
    expect(response.body.data).toMatchObject({
      name: 'New Lamp',
      description: 'A lamp.',
      stock: 7,
      version: 2,
    });
    const unchanged = await test.http.get(`/products/${same.id}`).expect(200);
    expect(unchanged.body.data).toEqual(same);
  });

  it('uses the later of two lines with the same sku', async () => {
    const { id } = await buildImport(test, manager, 'TWICE,First,,1,EUR,1', 'TWICE,Second,,2,EUR,2');
    await runImportJob(test, id);
    expect(await listProductsBySkuPrefix(test, 'TWICE')).toEqual([
      expect.objectContaining({ name: 'Second', stock: 2 }),
    ]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 2, failed: 0 });
  });

  it('keeps values of a product inserted concurrently for empty cells', async () => {
    const other = await openSecondConnection(test);
    try {
      await other.query('BEGIN');
      await other.query(
        `INSERT INTO products (id, sku, name, description, price_minor, currency, stock)
         VALUES (gen_random_uuid(), 'RACED', 'Theirs', 'Their lamp.', 1, 'EUR', 8)`,
      );
      const { id } = await buildImport(test, manager, 'RACED,Ours,,2,EUR,');
      const done = runImportJob(test, id);
      await other.untilWaiting(1);
      await other.query('COMMIT');
      await done;
      expect(await listProductsBySkuPrefix(test, 'RACED')).toEqual([
        expect.objectContaining({ name: 'Ours', price: 2, stock: 8, version: 2 }),
      ]);
    } finally {
      await other.close();
    }
  });

  it('creates a new product for the sku of a deleted one', async () => {
    const gone = await buildProduct(test, manager, { sku: 'GONE' });
    await test.as(manager).delete(`/products/${gone.id}`).expect(204);
    const { id } = await buildImport(test, manager, 'GONE,Back,,1,EUR,1');
    await runImportJob(test, id);
    expect(await listProductsBySkuPrefix(test, 'GONE')).toEqual([
      expect.objectContaining({ name: gone.name, isDeleted: true }),
      expect.objectContaining({ name: 'Back', isDeleted: false }),
    ]);
  });

  it('resumes after the last finished chunk', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('ABORTED', 1_200), 'ABORTED,,,,,');
    const stopped = new AbortController();
    const reported: number[] = [];
    const progress = async (percent: number) => {
      reported.push(percent);
      stopped.abort(new Error('The process stops.'));
    };
    await expect(runImportJob(test, id, { signal: stopped.signal, progress })).rejects.toThrow('stops');
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 500, failed: 0, progress: 41 });
    expect(await listProductsBySkuPrefix(test, 'ABORTED')).toHaveLength(500);
    // Rename a product of the first run. If the second run imported its line again, the new name would be lost.
    await test.db.query("UPDATE products SET name = 'Later' WHERE sku = 'ABORTED-1'");
    await runImportJob(test, id, { progress: async (percent) => void reported.push(percent) });
    expect(reported.map(Math.floor)).toEqual([41, 83, 100]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 1_200, failed: 1, progress: 100 });
    const products = await listProductsBySkuPrefix(test, 'ABORTED');
    expect(products).toHaveLength(1_200);
    expect(products.filter(({ name }) => name === 'Later').map(({ sku }) => sku)).toEqual(['ABORTED-1']);
    expect(products.every(({ version }) => version === 1)).toBe(true);
  });

  it('stores nothing of a failed chunk', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('BROKEN', 600), 'BROKEN,,,,,');
    let chunks = 0;
    const progress = async () => {
      chunks += 1;
      if (chunks === 2) throw new Error('Another worker has claimed this job.');
    };
    await expect(runImportJob(test, id, { progress })).rejects.toThrow('Another worker');
    expect(await listProductsBySkuPrefix(test, 'BROKEN')).toHaveLength(500);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 500, failed: 0, finishedAt: null });
    const errors = await test.as(manager).get(`/product-imports/${id}/errors`).expect(200);
    expect(errors.body.data).toEqual([]);
    await runImportJob(test, id);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 600, failed: 1, status: 'done' });
  });

  it('imports each line once in two concurrent runs', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('PAIR', 1_200), 'PAIR,,,,,');
    await Promise.all([runImportJob(test, id), runImportJob(test, id)]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 1_200, failed: 1 });
    expect(await listProductsBySkuPrefix(test, 'PAIR')).toHaveLength(1_200);
  });

  it('deletes imported chunks', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('LINES', 600));
    const chunks = () => test.db.query('SELECT 1 FROM product_import_chunks WHERE import_id = $1', [id]);
    expect(await chunks()).toHaveLength(2);
    await runImportJob(test, id);
    expect(await chunks()).toEqual([]);
  });

  it('does nothing for a deleted import', async () => {
    await expect(runImportJob(test, crypto.randomUUID())).resolves.toBeUndefined();
  });

  it('is run by the worker and reports its progress', async () => {
    await withTestApp({ withWorker: true }, async (working) => {
      const uploader = await working.buildUser({ roles: ['manager'] });
      const { id, jobId } = await buildImport(working, uploader, ...csvLines('WORKER', 700));
      await until('it is done', async () => (await readImport(working, uploader, id)).status === 'done');
      expect(await listProductsBySkuPrefix(working, 'WORKER')).toHaveLength(700);
      const job = await working.db.query('SELECT progress FROM jobs WHERE id = $1', [jobId]);
      expect(job).toEqual([{ progress: 100 }]);
    });
  });
});
