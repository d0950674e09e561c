import type supertest from 'supertest';
import type { JobRun } from '../../src/jobs/jobs.ts';
import type { TestApp, TestUser } from './app.ts';

export const csvHeader = 'sku,name,description,priceMinor,currency,stock';

/** Returns a CSV file of these lines, with its header. */
export const buildCsv = (...lines: readonly string[]): string =>
  [csvHeader, ...lines].map((line) => `${line}\n`).join('');

/** Returns `count` valid lines. Their SKUs are `<prefix>-1`, `<prefix>-2`, and so on. */
export const csvLines = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1},Oak Lamp,A lamp.,${index + 1},EUR,3`);

/** Posts a CSV file of products. */
export const sendCsv = (test: TestApp, user: TestUser, file: string | Buffer): supertest.Test =>
  test.as(user).post('/product-imports').set('Content-Type', 'text/csv').send(file);

export interface TestImport {
  readonly id: string;
  readonly status: string;
  readonly lines: number;
  readonly imported: number;
  readonly failed: number;
  readonly progress: number;
  readonly jobId: string;
  readonly finishedAt: string | null;
}

/** Posts a valid file through the API. Returns its import. */
export async function buildImport(
  test: TestApp,
  user: TestUser,
  ...lines: readonly string[]
): Promise<TestImport> {
  const response = await sendCsv(test, user, buildCsv(...lines)).expect(202);
  return response.body.data as TestImport;
}

/** Reads an import through the API. */
export async function readImport(test: TestApp, user: TestUser, id: string): Promise<TestImport> {
  const response = await test.as(user).get(`/product-imports/${id}`).expect(200);
  return response.body.data as TestImport;
}

/** Runs one attempt of the import job, without a worker. */
export async function runImportJob(
  test: TestApp,
  importId: string,
  run: Partial<JobRun<unknown>> = {},
): Promise<void> {
  const handler = test.app.jobs.find(({ definition }) => definition.name === 'products.import');
  if (handler === undefined) throw new Error('No module has the job "products.import".');
  await handler.handle({
    id: importId,
    payload: { importId },
    attempt: 1,
    signal: new AbortController().signal,
    progress: () => Promise.resolve(),
    ...run,
  });
}

/** Returns the products whose SKU begins with `prefix`, deleted ones included, ordered by SKU. */
export const listProductsBySkuPrefix = (test: TestApp, prefix: string) =>
  test.db.query<{
    sku: string;
    name: string;
    price: number;
    stock: number;
    version: number;
    isDeleted: boolean;
  }>(
    `SELECT sku, name, price_minor::int AS price, stock, version, deleted_at IS NOT NULL AS "isDeleted"
     FROM products WHERE sku LIKE $1 || '%' ORDER BY sku, created_at`,
    [prefix],
  );
