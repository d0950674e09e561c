import { defineModule } from '../../src/module.ts';
import { object } from '../../src/core/schema.ts';
import { route } from '../../src/http/route.ts';
import { noContent } from '../../src/http/reply.ts';
import Joi from 'joi';

/**
 * A module for tests of errors. Its routes `/probe/bug`, `/probe/sql/<SQLSTATE>` and `/probe/transaction/<SQLSTATE>`
 * always fail.
 */
export const probeModule = defineModule({
  name: 'probe',
  path: '/probe',
  create: ({ db }) => {
    const publicRoute = route.with({ access: 'public' });
    const raise = async (code: string): Promise<void> => {
      await db.query(`DO $$ BEGIN RAISE EXCEPTION 'SENTINEL' USING ERRCODE = '${code}'; END $$`);
    };
    return {
      api: {},
      routes: [
        publicRoute({
          method: 'get',
          path: '/bug',
          summary: 'Fail with an unexpected error',
          replies: { 204: null },
          handle: () => {
            throw new Error('SENTINEL');
          },
        }),
        publicRoute({
          method: 'get',
          path: '/sql/:code',
          summary: 'Fail with a PostgreSQL error',
          params: object({ code: Joi.string().pattern(/^[0-9A-Z]{5}$/) }),
          replies: { 204: null },
          handle: async ({ params }) => {
            await raise(params.code);
            return noContent();
          },
        }),
        publicRoute({
          method: 'get',
          path: '/transaction/:code',
          summary: 'Fail with a PostgreSQL error in a transaction',
          params: object({ code: Joi.string().pattern(/^[0-9A-Z]{5}$/) }),
          replies: { 204: null },
          handle: async ({ params }) => {
            await db.transaction(() => raise(params.code));
            return noContent();
          },
        }),
      ],
    };
  },
});
