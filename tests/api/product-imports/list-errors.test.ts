import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildImport, runImportJob, csvLines, buildCsv, sendCsv } from '../../helpers/imports.ts';

describe('GET /product-imports/:id/errors', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const errorsOf = async (id: string, query = '') => {
    const response = await test.as(manager).get(`/product-imports/${id}/errors${query}`).expect(200);
    return response.body as {
      data: { line: number; field: string | null; message: string }[];
      meta: { pagination: { nextCursor: string | null } };
    };
  };

  it('lists every error with line and field, and none for valid lines', async () => {
    const { id } = await buildImport(
      test,
      manager,
      ...csvLines('GOOD', 1),
      '-BAD,Lamp,,1,EUR,1',
      'MANY,,,1.5,euro,-1',
      'TEXT,Lamp,,1e3,EUR, 1',
      'SHORT,Lamp',
      'LONG,Lamp,,1,EUR,1,more',
      'NONE,Lamp,,1,ZZZ,1',
    );
    await runImportJob(test, id);
    const { data } = await errorsOf(id);
    expect(data.map(({ line, field }) => [line, field]).sort()).toEqual(
      [
        [3, 'sku'],
        [4, 'name'],
        [4, 'priceMinor'],
        [4, 'currency'],
        [4, 'stock'],
        [5, 'priceMinor'],
        [5, 'stock'],
        [6, null],
        [7, null],
        [8, 'currency'],
      ].sort(),
    );
    expect(data.slice(-2)).toEqual([
      { line: 7, field: null, message: 'must have 6 values' },
      { line: 8, field: 'currency', message: 'must be a currency code of ISO 4217, such as EUR' },
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('counts lines as an editor does, including line breaks in values: %s', async (_name, end) => {
    const file = buildCsv('OK-1,"Lamp\nand\nmore",,1,EUR,1', '', 'BAD,,,1,EUR,1').replaceAll('\n', end);
    const response = await sendCsv(test, manager, file).expect(202);
    const { id } = response.body.data as { id: string };
    await runImportJob(test, id);
    const { data } = await errorsOf(id);
    expect(data).toEqual([{ line: 6, field: 'name', message: 'is required' }]);
  });

  // #region de
  it('returns messages in the language of the upload request', async () => {
    const response = await sendCsv(test, manager, buildCsv('SHORT', 'BAD,,,1,EUR,1'))
      .set('Accept-Language', 'de')
      .expect(202);
    const { id } = response.body.data as { id: string };
    await runImportJob(test, id);
    const { data } = await errorsOf(id);
    expect(data[0]?.message).toBe('muss 6 Werte haben');
    expect(data[1]?.message).not.toBe('is required');
  });
  // #endregion

  it('returns pages in the order of the file', async () => {
    const lines = Array.from({ length: 5 }, () => 'BAD,,,1,EUR,1');
    const { id } = await buildImport(test, manager, ...lines);
    await runImportJob(test, id);
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { data, meta } = await errorsOf(id, `?limit=2&cursor=${cursor}`);
      seen.push(...data.map(({ line }) => line));
      cursor = meta.pagination.nextCursor;
    }
    expect(seen).toEqual([2, 3, 4, 5, 6]);
  });

  it('404 for an unknown import', async () => {
    const response = await test.as(manager).get(`/product-imports/${randomUUID()}/errors`).expect(404);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_NOT_FOUND');
  });
});
