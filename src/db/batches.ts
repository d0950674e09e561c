import type { FindOptionsWhere, ObjectLiteral, Repository } from 'typeorm';
import type { Database } from './database.ts';

// The size of a batch when reading. It is small, because other requests wait while the process converts one batch to
// objects.
const readSize = 100;
const changeSize = 500;

/**
 * Reads any number of rows in bounded memory. `readAfter` returns the rows after `last` in a fixed order. Each batch is
 * a separate statement, and other requests can run between two batches.
 */
export async function* readInBatches<Row>(
  readAfter: (last: Row | null, limit: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let last: Row | null = null;
  for (;;) {
    const rows: Row[] = await readAfter(last, readSize);
    yield* rows;
    last = rows.at(-1) ?? null;
    if (rows.length < readSize) return;
  }
}

interface Dated extends ObjectLiteral {
  readonly id: string;
  readonly createdAt: Date;
}

/** Reads all rows with these values, newest first. Needs an index on the compared columns, `created_at` and `id`. */
export const readAllWhere = <Entity extends Dated>(
  repository: Repository<Entity>,
  where: FindOptionsWhere<Entity> | FindOptionsWhere<Entity>[],
): AsyncGenerator<Entity> =>
  readInBatches((last, limit) => {
    const rows = repository
      .createQueryBuilder('row')
      .where(where)
      .orderBy('row.createdAt', 'DESC')
      .addOrderBy('row.id', 'DESC')
      .limit(limit);
    if (last !== null)
      rows.andWhere('(row.createdAt, row.id) < (:lastAt, :lastId)', {
        lastAt: last.createdAt,
        lastId: last.id,
      });
    return rows.getMany();
  });

/** The lowest UUID, for a comparison that every row passes. */
export const firstUuid = '00000000-0000-0000-0000-000000000000';

/**
 * Changes any number of rows. `changeAfter` changes the rows after `last` in a fixed order and returns them. In its
 * SQL, select the rows with `id = ANY (ARRAY(SELECT …))`: with a join, PostgreSQL may read the whole table for each row
 * of the batch.
 */
export async function changeAllInBatches<Row>(
  changeAfter: (last: Row | null, limit: number) => Promise<Row[]>,
): Promise<void> {
  let last: Row | null = null;
  do last = (await changeAfter(last, changeSize))[changeSize - 1] ?? null;
  while (last !== null);
}

/** Repeats a statement until it changes fewer rows than its limit. The limit is passed as the last parameter. */
export async function changeInBatches(
  db: Pick<Database, 'query' | 'transaction'>,
  sql: string,
  values: readonly unknown[],
): Promise<void> {
  let rows: unknown[];
  do rows = await db.transaction(() => db.query(sql, [...values, changeSize]));
  while (rows.length === changeSize);
}
