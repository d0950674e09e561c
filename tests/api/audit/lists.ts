import type { Lists } from '../../helpers/lists.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Inserts rows into the lists of this module. */
export const lists: Lists = {
  'GET /api/v1/audit-events': async (test) => ({
    reader: await test.buildUser({ roles: ['admin'] }),
    path: '/audit-events',
    add: () => buildRow(test, 'AuditEvent'),
  }),
};
