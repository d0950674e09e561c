import type { Lists } from '../../helpers/lists.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/admin/events/dead': async (test) => ({
    reader: await test.buildUser({ roles: ['admin'] }),
    path: '/admin/events/dead',
    add: () => buildRow(test, 'OutboxEvent', { status: 'dead' }),
  }),
  'GET /api/v1/admin/jobs': async (test) => ({
    reader: await test.buildUser({ roles: ['admin'] }),
    path: '/admin/jobs',
    add: () => buildRow(test, 'Job'),
  }),
};
