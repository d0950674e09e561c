import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { buildImport, carryOut, csvLines, productsLike, readImport } from '../../helpers/imports.ts';
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

  it('imports the right lines of a file and leaves out the wrong ones', async () => {
    const [first = '', second = ''] = csvLines('AMONG', 2);
    const { id } = await buildImport(test, manager, first, 'AMONG-BAD,Lamp,,free,EUR,1', second);
    await carryOut(test, id);
    expect(await productsLike(test, 'AMONG')).toEqual([
      { sku: 'AMONG-1', name: 'Oak Lamp', price: 1, stock: 3, version: 1, isDeleted: false },
      { sku: 'AMONG-2', name: 'Oak Lamp', price: 2, stock: 3, version: 1, isDeleted: false },
    ]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 2, failed: 1 });
  });

  it('changes the product that has the sku, and leaves one that is alike as it is', async () => {
    const changed = await buildProduct(test, manager, { sku: 'KNOWN-1', stock: 7 });
    const same = await buildProduct(test, manager, { sku: 'KNOWN-2' });
    const { id } = await buildImport(
      test,
      manager,
      'KNOWN-1,New Lamp,,900,EUR,',
      `KNOWN-2,${same.name},${same.description},${same.priceMinor},${same.currency},${same.stock}`,
    );
    await carryOut(test, id);
    const response = await test.http.get(`/products/${changed.id}`).expect(200);
    expect(response.body.data).toMatchObject({ name: 'New Lamp', description: '', stock: 0, version: 2 });
    const unchanged = await test.http.get(`/products/${same.id}`).expect(200);
    expect(unchanged.body.data).toEqual(same);
  });

  it('lets the later of two lines with one sku count', async () => {
    const { id } = await buildImport(test, manager, 'TWICE,First,,1,EUR,1', 'TWICE,Second,,2,EUR,2');
    await carryOut(test, id);
    expect(await productsLike(test, 'TWICE')).toEqual([
      expect.objectContaining({ name: 'Second', stock: 2 }),
    ]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 2, failed: 0 });
  });

  it('leaves a deleted product deleted and makes a new one, as POST /products does', async () => {
    const gone = await buildProduct(test, manager, { sku: 'GONE' });
    await test.as(manager).delete(`/products/${gone.id}`).expect(204);
    const { id } = await buildImport(test, manager, 'GONE,Back,,1,EUR,1');
    await carryOut(test, id);
    expect(await productsLike(test, 'GONE')).toEqual([
      expect.objectContaining({ name: gone.name, isDeleted: true }),
      expect.objectContaining({ name: 'Back', isDeleted: false }),
    ]);
  });

  it('goes on behind the last finished chunk, and repeats nothing', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('ABORTED', 1_200), 'ABORTED,,,,,');
    const stopped = new AbortController();
    const noted: number[] = [];
    const progress = async (percent: number) => {
      noted.push(percent);
      stopped.abort(new Error('The process stops.'));
    };
    await expect(carryOut(test, id, { signal: stopped.signal, progress })).rejects.toThrow('stops');
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 500, failed: 0, progress: 41 });
    expect(await productsLike(test, 'ABORTED')).toHaveLength(500);
    // Were it carried out again, this would be undone.
    await test.db.query("UPDATE products SET name = 'Later' WHERE sku = 'ABORTED-1'");
    await carryOut(test, id, { progress: async (percent) => void noted.push(percent) });
    expect(noted.map(Math.floor)).toEqual([41, 83, 100]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 1_200, failed: 1, progress: 100 });
    const products = await productsLike(test, 'ABORTED');
    expect(products).toHaveLength(1_200);
    expect(products.filter(({ name }) => name === 'Later').map(({ sku }) => sku)).toEqual(['ABORTED-1']);
    expect(products.every(({ version }) => version === 1)).toBe(true);
  });

  it('stores nothing of a chunk that it cannot finish', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('BROKEN', 600), 'BROKEN,,,,,');
    let chunks = 0;
    const progress = async () => {
      chunks += 1;
      if (chunks === 2) throw new Error('Somebody else works on this job by now.');
    };
    await expect(carryOut(test, id, { progress })).rejects.toThrow('Somebody else');
    expect(await productsLike(test, 'BROKEN')).toHaveLength(500);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 500, failed: 0, finishedAt: null });
    const errors = await test.as(manager).get(`/product-imports/${id}/errors`).expect(200);
    expect(errors.body.data).toEqual([]);
    await carryOut(test, id);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 600, failed: 1, status: 'done' });
  });

  it('is done twice at once, and each line once', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('PAIR', 1_200), 'PAIR,,,,,');
    await Promise.all([carryOut(test, id), carryOut(test, id)]);
    expect(await readImport(test, manager, id)).toMatchObject({ imported: 1_200, failed: 1 });
    expect(await productsLike(test, 'PAIR')).toHaveLength(1_200);
  });

  it('lets go of the lines that are done', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('LINES', 600));
    const chunks = () => test.db.query('SELECT 1 FROM product_import_chunks WHERE import_id = $1', [id]);
    expect(await chunks()).toHaveLength(2);
    await carryOut(test, id);
    expect(await chunks()).toEqual([]);
  });

  it('has nothing to do where the import is gone', async () => {
    await expect(carryOut(test, crypto.randomUUID())).resolves.toBeUndefined();
  });

  it('is carried out by the worker, and its job tells how far it is', async () => {
    await withTestApp({ isWorking: true }, async (working) => {
      const sender = await working.buildUser({ roles: ['manager'] });
      const { id, jobId } = await buildImport(working, sender, ...csvLines('WORKER', 700));
      await until('it is done', async () => (await readImport(working, sender, id)).status === 'done');
      expect(await productsLike(working, 'WORKER')).toHaveLength(700);
      const job = await working.db.query('SELECT progress FROM jobs WHERE id = $1', [jobId]);
      expect(job).toEqual([{ progress: 100 }]);
    });
  });
});
