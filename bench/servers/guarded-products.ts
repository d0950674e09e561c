import { setting } from './environment.ts';

// Preloaded into the built service. Adds GET /api/v1/guarded-products/:id, the product route for authenticated callers, to
// measure the cost of authentication on the same read. The service itself has only the public route.

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
if (products === undefined) throw new Error('The service has no products module to measure.');

const guarded = {
  ...products,
  name: 'guarded-products',
  path: '/guarded-products',
  // The entities belong to the products module.
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
// Directly after the products module, because Express matches routes in order and later ones cost more.
modules.splice(modules.indexOf(products) + 1, 0, guarded);
