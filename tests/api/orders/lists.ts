import { buildOrder, buildProduct } from '../../helpers/factories.ts';
import type { Lists } from '../../helpers/lists.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/orders': async (test) => {
    const reader = await test.buildUser({ roles: ['manager'] });
    const add = async () => {
      const { id: productId } = await buildProduct(test, reader);
      return buildOrder(test, reader, [{ productId, quantity: 1 }]);
    };
    return { reader, path: '/orders', add };
  },
  'GET /api/v1/orders/summaries': async (test) => {
    const reader = await test.buildUser();
    const given = { generation: 1, customerId: reader.id, status: 'paid', currency: 'EUR' };
    return { reader, path: '/orders/summaries', add: () => buildRow(test, 'OrderSummary', given) };
  },
};
