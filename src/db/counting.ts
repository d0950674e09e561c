import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { PageNumbers } from '../core/pagination.ts';
import { runDerived } from './list-statements.ts';
import { readObjects } from './statement.ts';

/** The position of a page in its list, and the number of rows on the page. */
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
  // If the page is not full, it is the last page, so the length of the list is known. An empty page says nothing,
  // because it may lie far beyond the end.
  if (rowCount < limit && (rowCount > 0 || offset === 0)) return { total: seen };
  const within = (total: number) => (rowCount > 0 ? Math.max(total, seen) : Math.min(total, offset));

  const counted = await countUpTo(query, countedUpTo + 1);
  if (counted <= countedUpTo) return { total: within(counted) };
  return { total: within(Math.max(await estimate(query), counted)), isTotalEstimated: true };
}

/** Changes the query to return its rows without their order and columns. The conditions remain. */
function rowsOf<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
  query.orderBy();
  // Count distinct ids if the query has a join, because a join can repeat a row.
  return query.expressionMap.joinAttributes.length > 0
    ? query.select(`${query.alias}.id`).distinct()
    : query.select('1');
}

async function countUpTo<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  max: number,
): Promise<number> {
  const [row] = await runDerived(query, `count ${max}`, (copy) => ({
    sql: `SELECT count(*)::int AS total FROM (${rowsOf(copy).limit(max).getQuery()}) AS counted`,
    compile: readObjects<{ total: number }>,
  }));
  return row?.total ?? 0;
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** Returns the planner's estimate of the number of rows. The estimate comes from statistics, so no rows are read. */
async function estimate<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): Promise<number> {
  const [row] = await runDerived(query, 'estimate', (copy) => ({
    sql: `EXPLAIN (FORMAT JSON) ${rowsOf(copy).getQuery()}`,
    compile: readObjects<Explained>,
  }));
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
