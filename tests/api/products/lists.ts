import { buildProduct } from '../../helpers/factories.ts';
import type { Lists } from '../../helpers/lists.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/products': async (test) => {
    const reader = await test.buildUser({ roles: ['manager'] });
    return { reader, path: '/products', add: () => buildProduct(test, reader) };
  },
};
