import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import {
  buildImport,
  runImportJob,
  csvHeader,
  csvLines,
  buildCsv,
  listProductsBySkuPrefix,
  sendCsv,
} from '../../helpers/imports.ts';
import { sendRaw } from '../../helpers/raw-request.ts';
import { until } from '../../helpers/until.ts';

describe('POST /product-imports', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const chunksOf = async (): Promise<number> => {
    const rows = await test.db.query('SELECT 1 FROM product_import_chunks');
    return rows.length;
  };

  it('202 with the import and its location', async () => {
    const response = await sendCsv(test, manager, buildCsv(...csvLines('TAKEN', 2))).expect(202);
    expect(response.body.data).toMatchObject({
      status: 'waiting',
      lines: 2,
      imported: 0,
      failed: 0,
      progress: 0,
      createdBy: manager.id,
      finishedAt: null,
    });
    const { id, jobId } = response.body.data as { id: string; jobId: string };
    expect(response.get('Location')).toBe(`/api/v1/product-imports/${id}`);
    const [job] = await test.db.query('SELECT name, payload, status FROM jobs WHERE id = $1', [jobId]);
    expect(job).toEqual({ name: 'products.import', payload: { importId: id }, status: 'waiting' });
    expect(await listProductsBySkuPrefix(test, 'TAKEN')).toEqual([]);
  });

  it('stores chunks during the upload, and 404 until it is complete', async () => {
    const before = await chunksOf();
    const { hostname, port } = new URL(test.url);
    const sent = request({
      hostname,
      port,
      method: 'POST',
      path: '/api/v1/product-imports',
      headers: { 'Content-Type': 'text/csv; charset=UTF-8', Authorization: `Bearer ${manager.accessToken}` },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      sent.once('response', (answer) => {
        resolve(answer.resume().statusCode);
      });
      sent.once('error', reject);
    });
    sent.write(buildCsv(...csvLines('SLOW', 600)));
    await until('the first lines are stored', async () => (await chunksOf()) > before);
    const [unfinished] = await test.db.query<{ id: string }>(
      'SELECT id FROM product_imports WHERE job_id IS NULL',
    );
    await test
      .as(manager)
      .get(`/product-imports/${unfinished?.id ?? ''}`)
      .expect(404);
    sent.end('SLOW-LAST,Oak Lamp,,1,EUR,');
    expect(await answered).toBe(202);
    const response = await test
      .as(manager)
      .get(`/product-imports/${unfinished?.id ?? ''}`)
      .expect(200);
    expect(response.body.data).toMatchObject({ lines: 601 });
  });

  it.each([
    ['a byte order mark', `\uFEFF${csvHeader}\nMARK-1,Lamp,,1,EUR,1\n`, 'MARK'],
    ['CRLF and no line end', `${csvHeader}\r\nCRLF-1,Lamp,,1,EUR,1`, 'CRLF'],
    ['LF after the header and CRLF after the line', `${csvHeader}\nMIX-1,Lamp,,1,EUR,1\r\n`, 'MIX-1'],
    ['CRLF after the header and LF after the line', `${csvHeader}\r\nMIX-2,Lamp,,1,EUR,1\n`, 'MIX-2'],
    ['CR line ends', `${csvHeader}\rMIX-3,Lamp,,1,EUR,1\r`, 'MIX-3'],
    ['mixed line ends', `${csvHeader}\r\n\n\r"MIX-4",Lamp,,1,EUR,1`, 'MIX-4'],
    [
      'a quoted header',
      `"sku","name","description","priceMinor","currency","stock"\nQHEAD,Lamp,,1,EUR,1`,
      'QHEAD',
    ],
    [
      'a byte order mark and a quoted header',
      `\uFEFF"sku",name,description,priceMinor,currency,stock\nQMARK,Lamp,,1,EUR,1`,
      'QMARK',
    ],
    ['empty lines and quoted values', `${csvHeader}\n\n"QUOTED-1","Lamp",,"1",EUR,"1"\n`, 'QUOTED'],
  ])('accepts a file with %s', async (_name, file, prefix) => {
    const response = await sendCsv(test, manager, file).expect(202);
    const { id } = response.body.data as { id: string };
    await runImportJob(test, id);
    expect(await listProductsBySkuPrefix(test, prefix)).toEqual([
      expect.objectContaining({ name: 'Lamp', price: 1 }),
    ]);
  });

  it('accepts a file with only a header', async () => {
    expect(await buildImport(test, manager)).toMatchObject({ lines: 0, progress: 100 });
  });

  it.each([
    ['no content', ''],
    ['other columns', 'sku,name\nA,B\n'],
    ['columns in another order', `${csvHeader.split(',').toReversed().join()}\n`],
    ['no header', 'A,Lamp,,1,EUR,1\n'],
    ['a header in a single quoted cell', `"${csvHeader}"\nA,Lamp,,1,EUR,1\n`],
    ['a header in two cells', `"sku,name",description,priceMinor,currency,stock\nA,Lamp,,1,EUR,1\n`],
  ])('400 for a file with %s', async (_name, file) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body).toMatchObject({ code: 'PRODUCT_IMPORTS_WRONG_HEADER' });
  });

  it.each<[string, string, object[]]>([
    ['an empty file', '', [{ line: 1, message: 'the file is empty' }]],
    [
      'semicolons',
      'sku;name;description;priceMinor;currency;stock\n',
      [{ line: 1, message: 'must be separated by commas, not by semicolons' }],
    ],
    [
      'tabs',
      csvHeader.replaceAll(',', '\t'),
      [{ line: 1, message: 'must be separated by commas, not by tabs' }],
    ],
    [
      'a single quoted cell',
      `"${csvHeader}"\n`,
      [{ line: 1, message: expect.stringContaining('single quoted cell') }],
    ],
    [
      'a missing column',
      'sku,name,description,priceMinor,currency',
      [{ line: 1, column: 6, message: 'is missing: stock' }],
    ],
    [
      'a duplicate column',
      'sku,sku,description,priceMinor,currency,stock',
      [{ line: 1, column: 2, message: 'must be name' }],
    ],
    ['an extra column', `${csvHeader},color`, [{ line: 1, column: 7, message: 'is an unexpected column' }]],
    [
      'white space',
      'sku, name,description,priceMinor,currency,stock',
      [{ line: 1, column: 2, message: 'must be name, without white space' }],
    ],
    [
      'empty lines before the header',
      `\n\n${csvHeader},color`,
      [{ line: 3, column: 7, message: 'is an unexpected column' }],
    ],
  ])('400 with the issue of the header: %s', async (_name, file, details) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_WRONG_HEADER');
    expect(response.body.details).toEqual(details);
  });

  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  it.each<[string, string | Buffer, number, RegExp]>([
    ['Latin-1', latin1(buildCsv('A,Lamp,,1,EUR,1', 'B,L\u00e4mp,,1,EUR,1')), 3, /Latin-1/],
    [
      'Latin-1 after every kind of line end',
      latin1(`${csvHeader}\r\nA,Lamp,,1,EUR,1\rB,Lamp,,1,EUR,1\nC,\u00e4,,1,EUR,1`),
      4,
      /Latin-1/,
    ],
    ['UTF-16, little-endian', Buffer.from(`\uFEFF${buildCsv('A,Lamp,,1,EUR,1')}`, 'utf16le'), 1, /UTF-16/],
    [
      'UTF-16, big-endian',
      Buffer.from(`\uFEFF${buildCsv('A,Lamp,,1,EUR,1')}`, 'utf16le').swap16(),
      1,
      /UTF-16/,
    ],
    [
      'UTF-16 without a byte order mark',
      Buffer.from(buildCsv('A,Lamp,,1,EUR,1'), 'utf16le'),
      1,
      /NUL.*UTF-16/,
    ],
    ['a NUL character', buildCsv('A,Lamp,,1,EUR,1', 'B,La\0mp,,1,EUR,1'), 3, /NUL/],
    ['an incomplete character at the end', Buffer.from(buildCsv('A,\u00e4')).subarray(0, -2), 2, /UTF-8/],
  ])('400 with the line for %s', async (_name, file, line, message) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_WRONG_ENCODING');
    expect(response.body.details).toEqual([{ line, message: expect.stringMatching(message) }]);
    expect(await listProductsBySkuPrefix(test, 'A')).toEqual([]);
  });

  it.each([
    ['a line without an end', buildCsv('A,Lamp,,1,EUR,1', `B,${'x'.repeat(70_000)},,1,EUR,1`), 3],
    [
      'a quotation mark that is not closed within the limit',
      buildCsv('A,Lamp,,1,EUR,1', 'B,"Lamp', 'x'.repeat(70_000)),
      3,
    ],
  ])('400 for %s as a line that is too long', async (_name, file, line) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body).toMatchObject({ code: 'PRODUCT_IMPORTS_LINE_TOO_LONG', details: [{ line }] });
  });

  it.each([
    ['an unclosed quotation mark', buildCsv('A,"Lamp,,1,EUR,1', 'B,Lamp,,1,EUR,1'), [{ line: 2 }]],
    [
      'a quotation mark after empty lines and a value of two lines',
      buildCsv('', '"A","La\r\nmp",,1,EUR,1', '', 'B,La"mp'),
      [{ line: 6 }],
    ],
    ['a quotation mark inside an unquoted value', buildCsv('A,La"mp,,1,EUR,1'), [{ line: 2 }]],
    ['an extra quotation mark', buildCsv('A,"Lamp"s",,1,EUR,1'), [{ line: 2 }]],
  ])('400 for a file with %s', async (_name, file, details) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_MALFORMED');
    expect(response.body.details).toEqual(details);
    expect(await listProductsBySkuPrefix(test, 'A')).toEqual([]);
  });

  it('accepts parameters of the media type, except a charset other than UTF-8', async () => {
    for (const type of ['text/csv;charset=utf8', 'Text/CSV; header=present; charset="UTF-8"'])
      await sendCsv(test, manager, buildCsv()).set('Content-Type', type).expect(202);
    await sendCsv(test, manager, buildCsv())
      .set('Content-Type', 'text/csv; charset=windows-1252')
      .expect(415);
  });

  it('415 for any other media type', async () => {
    const response = await test.as(manager).post('/product-imports').send({}).expect(415);
    expect(response.body).toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      details: [{ expected: 'text/csv' }],
    });
  });

  it('413 for more than 20 MB before the upload', async () => {
    const answer = await sendRaw(test.url, {
      method: 'POST',
      path: '/api/v1/product-imports',
      headers: {
        'Content-Type': 'text/csv',
        'Content-Length': '20000001',
        Authorization: `Bearer ${manager.accessToken}`,
      },
    });
    expect(answer.status).toBe(413);
  });

  it('413 for more than 100,000 lines', async () => {
    const file = buildCsv(...Array.from({ length: 100_001 }, () => ',,,,,'));
    const response = await sendCsv(test, manager, file).expect(413);
    expect(response.body.code).toBe('PAYLOAD_TOO_LARGE');
  });

  it('403 without products:write', async () => {
    const before = await chunksOf();
    const customer = await test.buildUser();
    await sendCsv(test, customer, buildCsv(...csvLines('CUSTOMER', 1))).expect(403);
    expect(await chunksOf()).toBe(before);
  });
});
