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

  it('takes a file, and tells where to read how it is getting on', async () => {
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

  it('stores the lines as they arrive, and shows nothing before the last one', async () => {
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
    ['LF behind the header and CRLF behind it', `${csvHeader}\nMIX-1,Lamp,,1,EUR,1\r\n`, 'MIX-1'],
    ['CRLF behind the header and LF behind it', `${csvHeader}\r\nMIX-2,Lamp,,1,EUR,1\n`, 'MIX-2'],
    ['CR alone', `${csvHeader}\rMIX-3,Lamp,,1,EUR,1\r`, 'MIX-3'],
    ['every line end at once', `${csvHeader}\r\n\n\r"MIX-4",Lamp,,1,EUR,1`, 'MIX-4'],
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
  ])('takes a file with %s', async (_name, file, prefix) => {
    const response = await sendCsv(test, manager, file).expect(202);
    const { id } = response.body.data as { id: string };
    await runImportJob(test, id);
    expect(await listProductsBySkuPrefix(test, prefix)).toEqual([
      expect.objectContaining({ name: 'Lamp', price: 1 }),
    ]);
  });

  it('takes a file without lines', async () => {
    expect(await buildImport(test, manager)).toMatchObject({ lines: 0, progress: 100 });
  });

  it.each([
    ['nothing', ''],
    ['other columns', 'sku,name\nA,B\n'],
    ['columns in another order', `${csvHeader.split(',').toReversed().join()}\n`],
    ['no header', 'A,Lamp,,1,EUR,1\n'],
    ['one quoted cell as the header', `"${csvHeader}"\nA,Lamp,,1,EUR,1\n`],
    [
      'two cells that read like the header',
      `"sku,name",description,priceMinor,currency,stock\nA,Lamp,,1,EUR,1\n`,
    ],
  ])('refuses a file with %s', async (_name, file) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body).toMatchObject({ code: 'PRODUCT_IMPORTS_WRONG_HEADER' });
  });

  it.each<[string, string, object[]]>([
    ['nothing', '', [{ line: 1, message: 'the file is empty' }]],
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
      'one quoted cell',
      `"${csvHeader}"\n`,
      [{ line: 1, message: expect.stringContaining('single quoted cell') }],
    ],
    [
      'a missing column',
      'sku,name,description,priceMinor,currency',
      [{ line: 1, column: 6, message: 'is missing: stock' }],
    ],
    [
      'one column twice',
      'sku,sku,description,priceMinor,currency,stock',
      [{ line: 1, column: 2, message: 'must be name' }],
    ],
    ['a column too much', `${csvHeader},color`, [{ line: 1, column: 7, message: 'is an unexpected column' }]],
    [
      'white space',
      'sku, name,description,priceMinor,currency,stock',
      [{ line: 1, column: 2, message: 'must be name, without white space' }],
    ],
    [
      'empty lines before it',
      `\n\n${csvHeader},color`,
      [{ line: 3, column: 7, message: 'is an unexpected column' }],
    ],
  ])('says what is wrong with a header: %s', async (_name, file, details) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_WRONG_HEADER');
    expect(response.body.details).toEqual(details);
  });

  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  it.each<[string, string | Buffer, number, RegExp]>([
    ['Latin-1', latin1(buildCsv('A,Lamp,,1,EUR,1', 'B,L\u00e4mp,,1,EUR,1')), 3, /Latin-1/],
    [
      'Latin-1 behind every line end',
      latin1(`${csvHeader}\r\nA,Lamp,,1,EUR,1\rB,Lamp,,1,EUR,1\nC,\u00e4,,1,EUR,1`),
      4,
      /Latin-1/,
    ],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${buildCsv('A,Lamp,,1,EUR,1')}`, 'utf16le'), 1, /UTF-16/],
    [
      'UTF-16, big end first',
      Buffer.from(`\uFEFF${buildCsv('A,Lamp,,1,EUR,1')}`, 'utf16le').swap16(),
      1,
      /UTF-16/,
    ],
    ['UTF-16 without a mark', Buffer.from(buildCsv('A,Lamp,,1,EUR,1'), 'utf16le'), 1, /NUL.*UTF-16/],
    ['a NUL', buildCsv('A,Lamp,,1,EUR,1', 'B,La\0mp,,1,EUR,1'), 3, /NUL/],
    ['half a character at the end', Buffer.from(buildCsv('A,\u00e4')).subarray(0, -2), 2, /UTF-8/],
  ])('refuses %s as a whole, and names the line', async (_name, file, line, message) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_WRONG_ENCODING');
    expect(response.body.details).toEqual([{ line, message: expect.stringMatching(message) }]);
    expect(await listProductsBySkuPrefix(test, 'A')).toEqual([]);
  });

  it.each([
    ['a line that does not end', buildCsv('A,Lamp,,1,EUR,1', `B,${'x'.repeat(70_000)},,1,EUR,1`), 3],
    [
      'a quotation mark that is not closed for long',
      buildCsv('A,Lamp,,1,EUR,1', 'B,"Lamp', 'x'.repeat(70_000)),
      3,
    ],
  ])('refuses a file with %s as one with a line that is too long', async (_name, file, line) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body).toMatchObject({ code: 'PRODUCT_IMPORTS_LINE_TOO_LONG', details: [{ line }] });
  });

  it.each([
    ['a quotation mark that is not closed', buildCsv('A,"Lamp,,1,EUR,1', 'B,Lamp,,1,EUR,1'), [{ line: 2 }]],
    [
      'a quotation mark behind empty lines and a value of two lines',
      buildCsv('', '"A","La\r\nmp",,1,EUR,1', '', 'B,La"mp'),
      [{ line: 6 }],
    ],
    ['a quotation mark within a value', buildCsv('A,La"mp,,1,EUR,1'), [{ line: 2 }]],
    ['a quotation mark too much', buildCsv('A,"Lamp"s",,1,EUR,1'), [{ line: 2 }]],
  ])('refuses a file with %s as a whole', async (_name, file, details) => {
    const response = await sendCsv(test, manager, file).expect(400);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_MALFORMED');
    expect(response.body.details).toEqual(details);
    expect(await listProductsBySkuPrefix(test, 'A')).toEqual([]);
  });

  it('takes any parameter of the type', async () => {
    for (const type of ['text/csv;charset=utf8', 'Text/CSV; header=present; charset="UTF-8"'])
      await sendCsv(test, manager, buildCsv()).set('Content-Type', type).expect(202);
    await sendCsv(test, manager, buildCsv())
      .set('Content-Type', 'text/csv; charset=windows-1252')
      .expect(415);
  });

  it('refuses any other type', async () => {
    const response = await test.as(manager).post('/product-imports').send({}).expect(415);
    expect(response.body).toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      details: [{ expected: 'text/csv' }],
    });
  });

  it('refuses more than 20 MB before they are sent', async () => {
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

  it('refuses more than 100,000 lines', async () => {
    const file = buildCsv(...Array.from({ length: 100_001 }, () => ',,,,,'));
    const response = await sendCsv(test, manager, file).expect(413);
    expect(response.body.code).toBe('PAYLOAD_TOO_LARGE');
  });

  it('is not for those who may not change products', async () => {
    const before = await chunksOf();
    const customer = await test.buildUser();
    await sendCsv(test, customer, buildCsv(...csvLines('CUSTOMER', 1))).expect(403);
    expect(await chunksOf()).toBe(before);
  });
});
