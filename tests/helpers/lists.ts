import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { metaOf } from '../../src/http/openapi-components.ts';
import type { BoundRoute } from '../../src/http/route.ts';
import type { TestApp, TestUser } from './app.ts';

/** A list route with a user who may read the list and a function that adds a row to it. */
export interface ListFixture {
  readonly reader: TestUser;
  /** The path below `/api/v1`. */
  readonly path: string;
  readonly add: () => Promise<unknown>;
}

/** Maps a list route, such as `GET /api/v1/orders`, to the function that prepares its fixture in a new service. */
export type Lists = Readonly<Record<string, (test: TestApp) => Promise<ListFixture>>>;

const folder = join(import.meta.dirname, '../api');

/** Returns whether a route replies with a page of a list. */
export const isList = ({ route }: BoundRoute): boolean =>
  Object.values(route.replies).some((schema) => schema !== null && metaOf(schema).isPage === true);

/** Prepares a list with its fixture from `tests/api/<module>/lists.ts`. Throws if there is none. */
export async function prepareList(module: string, name: string, test: TestApp): Promise<ListFixture> {
  const file = join(folder, module, 'lists.ts');
  const { lists } = existsSync(file) ? ((await import(file)) as { lists: Lists }) : { lists: {} as Lists };
  const fill = lists[name];
  if (fill === undefined)
    throw new Error(
      `No fixture for the list ${name}: add "${name}" to \`lists\` in tests/api/${module}/lists.ts, as tests/api/users/lists.ts does.`,
    );
  return fill(test);
}
