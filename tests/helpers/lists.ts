import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { metaOf } from '../../src/http/openapi-components.ts';
import type { BoundRoute } from '../../src/http/router.ts';
import type { TestApp, TestUser } from './app.ts';

/** A list that can be asked for, and how one more row gets into it. */
export interface ListFixture {
  readonly reader: TestUser;
  /** Below /api/v1. */
  readonly path: string;
  readonly add: () => Promise<unknown>;
}

/** `GET /api/v1/orders` → its list, in a service that is there for it alone. */
export type Lists = Readonly<Record<string, (test: TestApp) => Promise<ListFixture>>>;

const folder = join(import.meta.dirname, '../api');

/** Whether a route answers with a page of a list. */
export const isList = ({ route }: BoundRoute): boolean =>
  Object.values(route.replies).some((schema) => schema !== null && metaOf(schema).isPage === true);

/** What `tests/api/<module>/lists.ts` says of a list; throws with what to do where it says nothing. */
export async function prepareList(module: string, name: string, test: TestApp): Promise<ListFixture> {
  const file = join(folder, module, 'lists.ts');
  const { lists } = existsSync(file) ? ((await import(file)) as { lists: Lists }) : { lists: {} as Lists };
  const fill = lists[name];
  if (fill === undefined)
    throw new Error(
      `Nothing says how a row gets into ${name}: add "${name}" to \`lists\` in tests/api/${module}/lists.ts, as tests/api/users/lists.ts does.`,
    );
  return fill(test);
}
