import { setting } from './environment.ts';
import { pool } from './pool.ts';

// Reads the same data as the service, with handwritten prepared statements and without any layers.

interface ProductRow {
  readonly id: string;
  readonly createdAt: Date;
}

/** A response with the same envelope as in the service, so that all servers send the same bytes. */
export interface Answer {
  readonly status: 'success';
  readonly data: unknown;
  readonly meta?: unknown;
}

const columns = `id, sku, name, description, price_minor::float8 AS "priceMinor", currency, stock,
  created_at AS "createdAt", updated_at AS "updatedAt", version`;
const newestFirst = 'ORDER BY created_at DESC, id DESC';
const matches = `deleted_at IS NULL AND search @@ websearch_to_tsquery('english', $1)`;

/** A list counts its rows up to this number and estimates the total above it, as in the service. */
const countedMax = Number(setting('BENCH_COUNTED_MAX'));
const searchCountedMax = Number(setting('BENCH_SEARCH_COUNTED_MAX'));

/** Returns a product, or null if it does not exist. */
export async function readProduct(id: string): Promise<Answer | null> {
  const { rows } = await pool.query<ProductRow>({
    name: 'product',
    text: `SELECT ${columns} FROM products WHERE id = $1 AND deleted_at IS NULL`,
    values: [id],
  });
  const [data] = rows;
  return data === undefined ? null : { status: 'success', data };
}

/** The query of a list. */
export interface ListQuery {
  readonly limit?: string | undefined;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
}

/** Returns the page after the cursor. Without a cursor, returns the first page by number. */
export function listProducts({ limit = '20', cursor, q }: ListQuery): Promise<Answer> {
  return cursor === undefined ? firstPage(Number(limit), q) : afterCursor(Number(limit), cursor);
}

async function firstPage(limit: number, q: string | undefined): Promise<Answer> {
  const where = q === undefined ? 'deleted_at IS NULL' : matches;
  const values = q === undefined ? [] : [q];
  const kind = q === undefined ? 'all' : 'found';
  const max = q === undefined ? countedMax : searchCountedMax;
  const counting = pool.query<{ total: number }>({
    name: `count-${kind}`,
    text: `SELECT count(*)::int AS total FROM (SELECT 1 FROM products WHERE ${where} LIMIT ${max + 1}) AS counted`,
    values,
  });
  const reading = pool.query<ProductRow>({
    name: `page-${kind}`,
    text: `SELECT ${columns} FROM products WHERE ${where} ${newestFirst} LIMIT $${values.length + 1}`,
    values: [...values, limit],
  });
  const [{ rows: counted }, { rows: data }] = await Promise.all([counting, reading]);
  const exact = counted[0]?.total ?? 0;
  const isTotalEstimated = exact > max;
  const total = isTotalEstimated ? Math.max(exact, await estimate(where, values)) : exact;
  const pages = { page: 1, limit, total, totalPages: Math.ceil(total / limit) };
  return {
    status: 'success',
    data,
    meta: { pagination: { ...pages, ...(isTotalEstimated && { isTotalEstimated }) } },
  };
}

/** Returns the planner's estimate of the number of rows. */
async function estimate(where: string, values: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `EXPLAIN (FORMAT JSON) SELECT 1 FROM products WHERE ${where}`,
    [...values],
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

async function afterCursor(limit: number, cursor: string): Promise<Answer> {
  const seek = cursor === '' ? [] : decode(cursor);
  const { rows } = await pool.query<ProductRow>({
    name: seek.length === 0 ? 'cursor-first' : 'cursor-next',
    text: `SELECT ${columns} FROM products
      WHERE deleted_at IS NULL ${seek.length === 0 ? '' : 'AND (created_at, id) < ($2, $3)'} ${newestFirst} LIMIT $1`,
    values: [limit + 1, ...seek],
  });
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const hasMore = rows.length > limit;
  const nextCursor = hasMore && last !== undefined ? encode(last) : null;
  return { status: 'success', data, meta: { pagination: { limit, nextCursor, hasMore } } };
}

// Encodes a cursor as the service does, but without the checksum.
const encode = ({ createdAt, id }: ProductRow): string =>
  Buffer.from(JSON.stringify(['-createdAt', createdAt.toISOString(), id])).toString('base64url');

function decode(cursor: string): string[] {
  const [payload = ''] = cursor.split('.');
  const [, ...seek] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[];
  return seek;
}
