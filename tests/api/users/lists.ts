import type { Lists } from '../../helpers/lists.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/users': async (test) => ({
    reader: await test.buildUser({ roles: ['admin'] }),
    path: '/users',
    add: () => test.buildUser(),
  }),
};
