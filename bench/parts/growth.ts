import { seededDatabase, withCopy } from '../data/seed.ts';
import { words } from '../data/seed-sql.ts';
import { serverEnvironment, withFixtures, type Fixtures } from '../fixtures.ts';
import type { Outcome, Traffic } from '../load/job.ts';
import { searchPaths } from '../scenarios.ts';
import { adminToken, tokensFor } from '../sign-in.ts';
import { startLoad, startServer, type LoadGenerator } from '../stand.ts';
import type { PartContext } from './context.ts';

interface GrowingRoute {
  readonly title: string;
  readonly traffic: Traffic;
}

/** How long one route takes, one request after another, at so many rows. */
export interface Grown {
  readonly title: string;
  readonly rows: number;
  readonly outcome: Outcome;
}

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const pageMax = 10_000;

/** Asks every list, search and order route at each size up to the rows of this run, on databases of their own. */
export async function measureGrowth(
  { options, log }: PartContext,
  serverUrl: string,
  poolMax: number,
): Promise<Grown[]> {
  const load = await startLoad();
  const grown: Grown[] = [];
  try {
    for (const rows of sizes.filter((size) => size <= options.rows)) {
      const { name } = await seededDatabase(serverUrl, rows, log);
      log(`Every list, search and order route at ${rows.toLocaleString('en')} rows`);
      await withCopy(serverUrl, name, async (url) => {
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
): Promise<Grown[]> {
  const server = await startServer('strata', { environment });
  try {
    const admin = await adminToken(server, fixtures);
    const tokens = await tokensFor(server, fixtures, environment);
    const grown: Grown[] = [];
    for (const { title, traffic } of await routesAt(rows, fixtures, admin, tokens)) {
      const pace = { kind: 'closed', connections: 1 } as const;
      const job = { origins: [server.origin], traffic, pace };
      await load.carryOut({ ...job, seconds: options.warmUpSeconds / 2 });
      grown.push({ title, rows, outcome: await load.carryOut({ ...job, seconds: options.seconds / 2 }) });
    }
    return grown;
  } finally {
    await server.stop();
  }
}

async function routesAt(
  rows: number,
  fixtures: Fixtures,
  admin: string,
  tokens: readonly string[],
): Promise<GrowingRoute[]> {
  const get = (title: string, paths: readonly string[], as: readonly string[] = []): GrowingRoute => {
    return { title, traffic: { kind: 'get', paths: paths.map((path) => `/api/v1${path}`), tokens: as } };
  };
  const middle = (await fixtures.cursorsAt(rows / 2)).map((cursor) => `/products?limit=20&cursor=${cursor}`);
  const middlePage = Math.min(pageMax, rows / 40);
  const search = (terms: readonly string[]) => searchPaths(terms).map((path) => path.slice('/api/v1'.length));
  const everyones = [admin];
  return [
    get('products, first page by number', ['/products?limit=20']),
    get('products, middle page by number, or the 10,000th', [`/products?limit=20&page=${middlePage}`]),
    get('products, first page by cursor', ['/products?limit=20&cursor=']),
    get('products, middle page by cursor', middle),
    get('products in a range of prices, by cursor', [
      '/products?limit=20&cursor=&sort=priceMinor&minPrice=50000&maxPrice=60000',
    ]),
    get('products that are sold out, by cursor', ['/products?limit=20&cursor=&inStock=false']),
    get('products, search for three words', search(words.three)),
    get('products, search for one word', search(words.one)),
    get('own orders, by number', ['/orders?limit=20'], tokens),
    get("everyone's orders, by number", ['/orders?limit=20'], everyones),
    get("everyone's orders, by cursor", ['/orders?limit=20&cursor='], everyones),
    get("everyone's paid orders, by cursor", ['/orders?limit=20&cursor=&status=paid'], everyones),
    get(
      'order by id',
      fixtures.orderIds.map((id) => `/orders/${id}`),
      everyones,
    ),
    get('own orders in short, by cursor', ['/orders/summaries?limit=20&cursor='], tokens),
    get("everyone's orders in short, by number", ['/orders/summaries?limit=20'], everyones),
    get('users, by number (a hundredth as many)', ['/users?limit=20'], everyones),
    get('users, search', ['/users?limit=20&q=customer17'], everyones),
    {
      title: 'POST /orders, 3 lines',
      traffic: { kind: 'order', productIds: fixtures.productIds, tokens, lines: 3 },
    },
  ];
}
