import type { Repository } from 'typeorm';
import type { Product } from './product.entity.ts';
import { countedMax } from './settings.ts';

// Both servers with TypeORM read with these functions and return the same responses as the service.

const newestFirst = { createdAt: 'DESC', id: 'DESC' } as const;

/**
 * Returns the first page by number. Counts rows up to a limit and estimates the total above it, as the service does.
 */
export async function firstPage(products: Repository<Product>, limit: number): Promise<unknown> {
  // Do not use findAndCount, because it would count a million rows for each page.
  const counting = products.query<{ total: number }[]>(
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM products WHERE deleted_at IS NULL LIMIT ${countedMax + 1}) AS counted`,
  );
  const reading = products.find({ order: newestFirst, take: limit });
  const [[counted], data] = await Promise.all([counting, reading]);
  const exact = counted?.total ?? 0;
  const total = exact > countedMax ? Math.max(exact, await estimate(products)) : exact;
  const pagination = { page: 1, limit, total, totalPages: Math.ceil(total / limit) };
  return { status: 'success', data, meta: { pagination } };
}

/** Returns the planner's estimate of the number of rows. */
async function estimate(products: Repository<Product>): Promise<number> {
  const rows = await products.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[]>(
    'EXPLAIN (FORMAT JSON) SELECT 1 FROM products WHERE deleted_at IS NULL',
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** Returns the page after a cursor that was issued by the service. If the cursor is empty, returns the first page. */
export async function afterCursor(
  products: Repository<Product>,
  limit: number,
  cursor: string,
): Promise<unknown> {
  const take = limit + 1;
  const rows =
    cursor === ''
      ? await products.find({ order: newestFirst, take })
      : await products
          .createQueryBuilder('product')
          .where('(product.createdAt, product.id) < (:createdAt, :id)', decode(cursor))
          .orderBy({ 'product.createdAt': 'DESC', 'product.id': 'DESC' })
          .take(take)
          .getMany();
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const hasMore = rows.length > limit;
  const nextCursor = hasMore && last !== undefined ? encode(last) : null;
  return { status: 'success', data, meta: { pagination: { limit, nextCursor, hasMore } } };
}

// Encodes a cursor as the service does, but without the checksum.
const encode = ({ createdAt, id }: Product): string =>
  Buffer.from(JSON.stringify(['-createdAt', createdAt.toISOString(), id])).toString('base64url');

function decode(cursor: string): { createdAt: string; id: string } {
  const [payload = ''] = cursor.split('.');
  const [, createdAt = '', id = ''] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[];
  return { createdAt, id };
}
