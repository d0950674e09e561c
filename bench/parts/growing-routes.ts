import { owned } from '../data/lists-sql.ts';
import { words } from '../data/seed-sql.ts';
import type { Fixtures } from '../fixtures.ts';
import type { Traffic } from '../load/job.ts';
import { searchPaths } from '../scenarios.ts';

interface GrowingRoute {
  readonly title: string;
  readonly traffic: Traffic;
}

const pageMax = 10_000;

/** Returns the most expensive requests to every list, search and order route, for tables with `rows` rows. */
export async function growingRoutes(
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
  const deliveries = `/webhook-endpoints/${owned.endpoint}/deliveries`;
  // #region organizations
  const organization = `/organizations/${owned.organization}`;
  // #endregion
  return [
    get('products, first page by number', ['/products?limit=20']),
    get('products, middle page by number, or the 10,000th', [`/products?limit=20&page=${middlePage}`]),
    get('products, first page by cursor', ['/products?limit=20&cursor=']),
    get('products, middle page by cursor', middle),
    get('products in a range of prices, by cursor', [
      '/products?limit=20&cursor=&sort=priceMinor&minPrice=50000&maxPrice=60000',
    ]),
    get('products that are sold out, by cursor', ['/products?limit=20&cursor=&inStock=false']),
    get('products that are sold out, by number', ['/products?limit=20&inStock=false']),
    get('products by name, by cursor', ['/products?limit=20&cursor=&sort=name']),
    get('products, search for three words', search(words.three)),
    get('products, search for one word', search(words.one)),
    get('own orders, by number', ['/orders?limit=20'], tokens),
    get("everyone's orders, by number", ['/orders?limit=20'], [admin]),
    get("everyone's orders, by cursor", ['/orders?limit=20&cursor='], [admin]),
    get("everyone's paid orders, by cursor", ['/orders?limit=20&cursor=&status=paid'], [admin]),
    get("everyone's orders by total, by cursor", ['/orders?limit=20&cursor=&sort=-totalMinor'], [admin]),
    get(
      'order by id',
      fixtures.orderIds.map((id) => `/orders/${id}`),
      [admin],
    ),
    get('own orders in short, by cursor', ['/orders/summaries?limit=20&cursor='], tokens),
    get("everyone's orders in short, by number", ['/orders/summaries?limit=20'], [admin]),
    get('audit events, by number', ['/audit-events?limit=20'], [admin]),
    get('audit events of a type, by cursor', ['/audit-events?limit=20&cursor=&type=auth.signed_in'], [admin]),
    get('audit events of an address, by cursor', ['/audit-events?limit=20&cursor=&ip=192.0.2.17'], [admin]),
    get('jobs, by number', ['/admin/jobs?limit=20'], [admin]),
    get('jobs of a rare name, by number', ['/admin/jobs?limit=20&name=prices.report'], [admin]),
    get('dead jobs, by number', ['/admin/jobs?limit=20&status=dead'], [admin]),
    get('deliveries of an endpoint, by number (a tenth as many)', [`${deliveries}?limit=20`], [admin]),
    get('dead deliveries of an endpoint, by cursor', [`${deliveries}?limit=20&cursor=&status=dead`], [admin]),
    // #region product-imports
    get(
      'errors of an import, by number (a tenth as many)',
      [`/product-imports/${owned.import}/errors?limit=20`],
      [admin],
    ),
    // #endregion
    get('users, by number (a hundredth as many)', ['/users?limit=20'], [admin]),
    get('users, search', ['/users?limit=20&q=customer17'], [admin]),
    get('users who are managers, by cursor', ['/users?limit=20&cursor=&role=manager'], [admin]),
    get('dead events, by number (a hundredth as many)', ['/admin/events/dead?limit=20'], [admin]),
    // #region organizations
    get('own organizations, by number', ['/organizations?limit=20'], [admin]),
    get('members, by number (a hundredth as many)', [`${organization}/members?limit=20`], [admin]),
    get('invitations, by number (a hundredth as many)', [`${organization}/invitations?limit=20`], [admin]),
    // #endregion
    {
      title: 'POST /orders, 3 lines',
      traffic: { kind: 'order', productIds: fixtures.productIds, tokens, lines: 3 },
    },
  ];
}
