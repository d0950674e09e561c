import type { Lists } from '../../helpers/lists.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/audit-events': async (test) => ({
    reader: await test.buildUser({ roles: ['admin'] }),
    path: '/audit-events',
    add: () => buildRow(test, 'AuditEvent'),
  }),
};
