import type { Lists } from '../../helpers/lists.ts';

/** Creates rows for the lists of this module. */
export const lists: Lists = {
  'GET /api/v1/users': async (test) => ({
    reader: await test.buildUser({ roles: ['admin'] }),
    path: '/users',
    add: () => test.buildUser(),
  }),
};
