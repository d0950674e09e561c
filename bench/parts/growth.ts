import { fillLists, seededDatabase, withCopy } from '../data/seed.ts';
import pg from 'pg';
import { countedMax } from '../../src/core/pagination.ts';
import { readsOf, tablesScanned } from '../data/reads.ts';
import { serverEnvironment, withFixtures } from '../fixtures.ts';
import type { Outcome } from '../load/job.ts';
import { adminToken, tokensFor } from '../sign-in.ts';
import { startLoad, startServer, type LoadGenerator } from '../processes.ts';
import type { PartContext } from './context.ts';
import { growingRoutes } from './growing-routes.ts';

/** The measurement of one route at one table size. Requests are sent one after another. */
export interface GrowthMeasurement {
  readonly title: string;
  readonly rows: number;
  readonly outcome: Outcome;
  /** How many rows PostgreSQL read for each request. */
  readonly rowsRead: number;
  /** Tables that a sequential scan read although they have more rows than a list counts. */
  readonly scanned: readonly string[];
}

const sizes = [1_000, 10_000, 100_000, 1_000_000];

/**
 * Measures every list, search and order route at several table sizes, up to the rows of this run. Each size has its own
 * database.
 */
export async function measureGrowth(
  { options, log }: PartContext,
  serverUrl: string,
  poolMax: number,
): Promise<GrowthMeasurement[]> {
  const load = await startLoad();
  const grown: GrowthMeasurement[] = [];
  try {
    for (const rows of sizes.filter((size) => size <= options.rows)) {
      const { name } = await seededDatabase(serverUrl, rows, log);
      log(`Every list, search and order route at ${rows.toLocaleString('en')} rows`);
      await withCopy(serverUrl, name, async (url) => {
        await fillLists(url, rows);
        const environment = serverEnvironment(url, poolMax);
        await withFixtures(url, environment, async (fixtures) => {
          const context = { options, environment, fixtures, log };
          grown.push(...(await measureAt(rows, context, load)));
        });
      });
    }
    return grown;
  } finally {
    await load.stop();
  }
}

async function measureAt(
  rows: number,
  { options, environment, fixtures }: PartContext,
  load: LoadGenerator,
): Promise<GrowthMeasurement[]> {
  const server = await startServer('strata', { environment });
  const client = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await client.connect();
  try {
    const admin = await adminToken(server, fixtures);
    const tokens = await tokensFor(server, fixtures, environment);
    const grown: GrowthMeasurement[] = [];
    let before = await readsOf(client);
    for (const { title, traffic } of await growingRoutes(rows, fixtures, admin, tokens)) {
      const pace = { kind: 'closed', connections: 1 } as const;
      const job = { origins: [server.origin], traffic, pace };
      const warmUp = await load.run({ ...job, seconds: options.warmUpSeconds / 2 });
      const outcome = await load.run({ ...job, seconds: options.seconds / 2 });
      const after = await readsOf(client);
      const rowsRead = (after.rows - before.rows) / (warmUp.count + outcome.count);
      const scanned = tablesScanned(before, after, countedMax + 1);
      grown.push({ title, rows, outcome, rowsRead, scanned });
      before = after;
    }
    return grown;
  } finally {
    await client.end();
    await server.stop();
  }
}
