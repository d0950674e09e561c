import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { PageNumbers } from '../core/pagination.ts';

/** Where a page lies in its list, and how many rows it turned out to have. */
interface Shown {
  readonly offset: number;
  readonly limit: number;
  readonly shown: number;
  readonly countedUpTo: number;
}

type Total = Pick<PageNumbers, 'total' | 'isTotalEstimated'>;

/**
 * How many rows a list has, a page of which has been read: counted up to `countedUpTo`, and beyond it as many as the planner
 * expects. However long the list is, it passes over no more rows than that.
 */
export async function totalOf<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  { offset, limit, shown, countedUpTo }: Shown,
): Promise<Total> {
  const seen = offset + shown;
  // A page that is not full is the last one, and an empty one lies behind it.
  if (shown < limit && (shown > 0 || offset === 0)) return { total: seen };
  const within = (total: number) => (shown > 0 ? Math.max(total, seen) : Math.min(total, offset));

  const rows = rowsOf(query);
  const counted = await countUpTo(rows, countedUpTo + 1);
  if (counted <= countedUpTo) return { total: within(counted) };
  return { total: within(Math.max(await estimate(rows), counted)), isTotalEstimated: true };
}

/** The same rows in no order and with nothing in them: all that narrows the list still holds. */
function rowsOf<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
  const rows = query.clone().orderBy();
  // A join can make several rows of one.
  return query.expressionMap.joinAttributes.length > 0
    ? rows.select(`${query.alias}.id`).distinct()
    : rows.select('1');
}

async function countUpTo<Entity extends ObjectLiteral>(
  rows: SelectQueryBuilder<Entity>,
  max: number,
): Promise<number> {
  const [sql, parameters] = rows.clone().limit(max).getQueryAndParameters();
  const [row] = await ask<{ total: number }>(
    rows,
    `SELECT count(*)::int AS total FROM (${sql}) AS counted`,
    parameters,
  );
  return row?.total ?? 0;
}

/** Asks the planner, which knows from its statistics and reads no row. */
async function estimate<Entity extends ObjectLiteral>(rows: SelectQueryBuilder<Entity>): Promise<number> {
  const [sql, parameters] = rows.getQueryAndParameters();
  const [row] = await ask<Explained>(rows, `EXPLAIN (FORMAT JSON) ${sql}`, parameters);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** In the transaction that the list is read in, if there is one. */
const ask = <Row>(
  query: SelectQueryBuilder<ObjectLiteral>,
  sql: string,
  parameters: unknown[],
): Promise<Row[]> => query.dataSource.query(sql, parameters, query['queryRunner']);
