import { setting } from './environment.ts';

// Loaded before the built service: adds GET /api/v1/guarded-products/:id to it, which is the route of products by id for
// whoever is signed in. The service itself has that route for everyone only, and what it costs to know the caller is to
// be measured on the same read.

interface Route {
  readonly method: string;
  readonly path: string;
}

interface Definition {
  readonly name: string;
  create(context: unknown): { readonly routes: readonly Route[] };
}

const { modules } = (await import(`${setting('BENCH_DIST')}/modules.js`)) as { modules: Definition[] };
const products = modules.find(({ name }) => name === 'products');
if (products === undefined) throw new Error('The service has no module "products" to measure.');

const guarded = {
  ...products,
  name: 'guarded-products',
  path: '/guarded-products',
  // Declared by the products themselves.
  entities: [],
  migrations: [],
  permissions: {},
  grants: {},
  events: [],
  create: (context: unknown) => {
    const { routes } = products.create(context);
    const byId = routes.filter(({ method, path }) => method === 'get' && path === '/:id');
    return { api: {}, routes: byId.map((route) => ({ ...route, access: 'authenticated' })) };
  },
};
// Right behind them: routes are tried in turn, and the last ones pay for all before them.
modules.splice(modules.indexOf(products) + 1, 0, guarded);
