import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { countedMax } from '../../src/core/pagination.ts';
import { listPage } from '../../src/db/listing.ts';
import type { TestApp, TestUser } from '../helpers/app.ts';
import { recordStatements, type Statement } from '../helpers/statements.ts';
import { Loan, Thing } from '../helpers/thing.model.ts';
import { buildThingsApp } from '../helpers/things.ts';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const isScan = (node: PlanNode): boolean => node['Node Type'].endsWith('Scan');

describe('the total of a list', () => {
  let test: TestApp;
  let user: TestUser;
  let statementsOf: ReturnType<typeof recordStatements>;

  beforeAll(async () => {
    test = await buildThingsApp();
    user = await test.buildUser();
    statementsOf = recordStatements(test);
    await test.db.query('CREATE INDEX things_created_at_id ON things (created_at, id)');
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE things, loans');
  });
  afterAll(() => test.close());

  /** Inserts things and updates the planner's statistics. One thing in `share` is an oak lamp. */
  const fill = async (count: number, share = 1): Promise<void> => {
    await test.db.query(
      `INSERT INTO things (id, sku, name, price_minor, currency, created_at)
       SELECT gen_random_uuid(), 'S' || n, CASE n % ${share} WHEN 0 THEN 'Oak Lamp' ELSE 'Pine Desk' END, 1, 'EUR',
         timestamptz '2025-01-01T00:00:00Z' + n * interval '1 second'
       FROM generate_series(1, ${count}) AS n`,
    );
    await test.db.query('ANALYZE things');
  };

  const paginationOf = async (query: object): Promise<object> => {
    const response = await test.http.get('/things').query(query).expect(200);
    return response.body.meta.pagination as object;
  };

  it('is exact up to the bound and not marked as estimated', async () => {
    await fill(countedMax);
    const pages = { total: countedMax, totalPages: 500 };
    expect(await paginationOf({})).toEqual({ page: 1, limit: 20, ...pages });
    expect(await paginationOf({ page: 500 })).toEqual({ page: 500, limit: 20, ...pages });
    expect(await paginationOf({ page: 501 })).toEqual({ page: 501, limit: 20, ...pages });
  });

  it('is estimated beyond the bound and marked as such', async () => {
    await fill(12_000);
    const estimated = { total: 12_000, totalPages: 600, isTotalEstimated: true };
    expect(await paginationOf({})).toEqual({ page: 1, limit: 20, ...estimated });
  });

  it('is exact for a large table if a filter leaves few rows', async () => {
    await fill(20_000, 100);
    const counted = { page: 1, limit: 20, total: 200, totalPages: 10 };
    expect(await paginationOf({ q: 'oak lamp' })).toEqual(counted);
  });

  it('is estimated for the rows a filter leaves', async () => {
    await fill(36_000, 3);
    const { total, isTotalEstimated } = (await paginationOf({ q: 'oak lamp' })) as Record<string, unknown>;
    expect(isTotalEstimated).toBe(true);
    // The filter matches 12,000 rows. The planner estimates from a sample, so the total is not exact.
    expect(total).toBeGreaterThan(countedMax);
    expect(total).toBeLessThan(14_000);
  });

  describe('with outdated planner statistics', () => {
    // Inserts `count` rows and makes the statistics show `believed` rows instead: either one, or twice as many as there
    // are.
    const withoutStatistics = async (count: number, believed: number): Promise<void> => {
      await test.db.query('ALTER TABLE things SET (autovacuum_enabled = off)');
      await fill(believed);
      await test.db.query('DELETE FROM things');
      await test.db.query(
        `INSERT INTO things (id, sku, name, price_minor, currency)
         SELECT gen_random_uuid(), 'T' || n, 'Oak Lamp', 1, 'EUR' FROM generate_series(1, ${count}) AS n`,
      );
      await test.db.query(
        `UPDATE pg_class SET reltuples = ${believed}, relpages = pg_relation_size(oid) / 8192 WHERE relname = 'things'`,
      );
    };

    it('is never less than the counted rows', async () => {
      await withoutStatistics(11_000, 1);
      const estimated = { total: countedMax + 1, totalPages: 501, isTotalEstimated: true };
      expect(await paginationOf({})).toEqual({ page: 1, limit: 20, ...estimated });
    });

    it('is never less than the last row shown', async () => {
      await withoutStatistics(11_000, 1);
      expect(await paginationOf({ page: 540 })).toMatchObject({ total: 10_800, isTotalEstimated: true });
    });

    it('is exact on the last page, and at most the offset of an empty one', async () => {
      await withoutStatistics(11_050, 22_000);
      expect(await paginationOf({ page: 553 })).toEqual({
        page: 553,
        limit: 20,
        total: 11_050,
        totalPages: 553,
      });
      const behind = await paginationOf({ page: 560 });
      expect(behind).toEqual({
        page: 560,
        limit: 20,
        total: 11_180,
        totalPages: 559,
        isTotalEstimated: true,
      });
    });
  });

  it('counts only rows the caller may see', async () => {
    const [owner, other] = [await test.buildUser(), await test.buildUser()];
    const lend = ({ id }: TestUser, count: number) =>
      test.db.query(`INSERT INTO loans SELECT gen_random_uuid(), $1 FROM generate_series(1, ${count}) AS n`, [
        id,
      ]);
    await lend(owner, 12_000);
    await lend(other, 17_000);
    await lend(user, 25);
    await test.db.query('ANALYZE loans');
    const totalFor = async (who: TestUser) =>
      (await test.as(who).get('/loans').expect(200)).body.meta.pagination as { total: number };
    expect(await totalFor(user)).toEqual({ page: 1, limit: 20, total: 25, totalPages: 2 });
    const { total, ...rest } = await totalFor(owner);
    expect(rest).toMatchObject({ isTotalEstimated: true });
    // The total is close to the number of the owner's rows: it does not include the rows of the other owner.
    expect(total).toBeGreaterThan(11_000);
    expect(total).toBeLessThan(13_000);
  });

  it('counts rows of the list only, without joined ones, in the reading transaction', async () => {
    await fill(7);
    const listed = await test.db.transaction(async () => {
      await test.db.query(
        'INSERT INTO loans SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, 3)',
      );
      const things = test.db.repository(Thing).createQueryBuilder('thing').innerJoin(Loan, 'loan', 'true');
      const columns = { name: { property: 'name', kind: 'text' } } as const;
      return listPage(things, { limit: 5, sort: 'name' }, columns);
    });
    expect(listed.pagination).toEqual({ page: 1, limit: 5, total: 7, totalPages: 2 });
  });

  describe('costs', () => {
    const selects = (statements: readonly Statement[]) =>
      statements.filter(({ sql }) => sql.startsWith('SELECT'));

    /** Returns how many rows a statement reads in all scans of tables and indexes. */
    const passedBy = async ({ sql, parameters }: Statement): Promise<number> => {
      const [row] = await test.db.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
        [...parameters],
      );
      const scans = row === undefined ? [] : nodesOf(row['QUERY PLAN'][0].Plan).filter(isScan);
      expect(scans).not.toEqual([]);
      return scans.reduce(
        (sum, node) =>
          sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      );
    };

    it('reads a bounded number of rows, however many there are', async () => {
      await fill(30_000);
      const statements = await statementsOf(test.http.get('/things'));
      const [page, count] = selects(statements);
      expect(selects(statements)).toHaveLength(2);
      expect(await passedBy(page as Statement)).toBe(20);
      expect(await passedBy(count as Statement)).toBe(countedMax + 1);
      // The third statement reads no rows: it only asks the planner for an estimate.
      expect(statements.map(({ sql }) => sql.startsWith('EXPLAIN (FORMAT JSON)'))).toEqual([
        false,
        false,
        true,
      ]);
    });

    it('needs no query if the page shows the total, or with a cursor', async () => {
      await fill(45);
      for (const query of [{ limit: 100 }, { page: 3 }, { cursor: '' }])
        expect(await statementsOf(test.http.get('/things').query(query))).toHaveLength(1);
      expect(await statementsOf(test.http.get('/things'))).toHaveLength(2);
    });
  });
});
