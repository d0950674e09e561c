import { setting } from './environment.ts';

// Loaded into the built service before its own code. Adds GET /api/v1/guarded-products and /api/v1/guarded-products/:id: the
// product routes for authenticated callers. Compared with the public routes, they show what authentication costs.

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
  // Declare no entity again, because the products module already declares them.
  entities: [],
  migrations: [],
  permissions: {},
  grants: {},
  events: [],
  create: (context: unknown) => {
    const { routes } = products.create(context);
    const reads = routes.filter(({ method }) => method === 'get');
    return { api: {}, routes: reads.map((route) => ({ ...route, access: 'authenticated' })) };
  },
};
// Insert the module directly after products: Express tries routes in order, so a module further down would cost more.
modules.splice(modules.indexOf(products) + 1, 0, guarded);
