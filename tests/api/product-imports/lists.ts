import { buildImport, csvLines } from '../../helpers/imports.ts';
import type { Lists } from '../../helpers/lists.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/product-imports/:id/errors': async (test) => {
    const reader = await test.buildUser({ roles: ['manager'] });
    const { id: importId } = await buildImport(test, reader, ...csvLines('LAMP', 1));
    return {
      reader,
      path: `/product-imports/${importId}/errors`,
      add: () => buildRow(test, 'ImportError', { importId }),
    };
  },
};
