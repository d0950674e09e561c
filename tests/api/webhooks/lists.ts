import type { Lists } from '../../helpers/lists.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/webhook-endpoints/:id/deliveries': async (test) => {
    const reader = await test.buildUser();
    const endpointId = await buildRow(test, 'WebhookEndpoint', { userId: reader.id });
    return {
      reader,
      path: `/webhook-endpoints/${endpointId}/deliveries`,
      add: () => buildRow(test, 'WebhookDelivery', { endpointId, status: 'delivered' }),
    };
  },
};
