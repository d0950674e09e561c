import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { PageNumbers } from '../core/pagination.ts';

/** Position of a page in its list, and the number of rows on the page. */
interface PagePosition {
  readonly offset: number;
  readonly limit: number;
  readonly rowCount: number;
  readonly countedUpTo: number;
}

type Total = Pick<PageNumbers, 'total' | 'isTotalEstimated'>;

/**
 * Returns the length of the list that a page belongs to. Counts up to `countedUpTo` rows. For a longer list, returns
 * the planner's estimate, so that a request never scans more rows than that.
 */
export async function totalOf<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  { offset, limit, rowCount, countedUpTo }: PagePosition,
): Promise<Total> {
  const seen = offset + rowCount;
  // If the page is not full, it is the last one. An empty page says nothing, because it may lie far beyond the end.
  if (rowCount < limit && (rowCount > 0 || offset === 0)) return { total: seen };
  const within = (total: number) => (rowCount > 0 ? Math.max(total, seen) : Math.min(total, offset));

  const rows = rowsOf(query);
  const counted = await countUpTo(rows, countedUpTo + 1);
  if (counted <= countedUpTo) return { total: within(counted) };
  return { total: within(Math.max(await estimate(rows), counted)), isTotalEstimated: true };
}

/** Returns the query with the same conditions, but without its order and columns. */
function rowsOf<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
  const rows = query.clone().orderBy();
  // A join can repeat a row, so count distinct ids.
  return query.expressionMap.joinAttributes.length > 0
    ? rows.select(`${query.alias}.id`).distinct()
    : rows.select('1');
}

async function countUpTo<Entity extends ObjectLiteral>(
  rows: SelectQueryBuilder<Entity>,
  max: number,
): Promise<number> {
  const [sql, parameters] = rows.clone().limit(max).getQueryAndParameters();
  const [row] = await runQuery<{ total: number }>(
    rows,
    `SELECT count(*)::int AS total FROM (${sql}) AS counted`,
    parameters,
  );
  return row?.total ?? 0;
}

/** Returns the planner's estimate of the number of rows. It comes from statistics; no rows are read. */
async function estimate<Entity extends ObjectLiteral>(rows: SelectQueryBuilder<Entity>): Promise<number> {
  const [sql, parameters] = rows.getQueryAndParameters();
  const [row] = await runQuery<Explained>(rows, `EXPLAIN (FORMAT JSON) ${sql}`, parameters);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** Runs a query in the open transaction if there is one, as the list query does. */
const runQuery = <Row>(
  query: SelectQueryBuilder<ObjectLiteral>,
  sql: string,
  parameters: unknown[],
): Promise<Row[]> => query.dataSource.query(sql, parameters, query['queryRunner']);
