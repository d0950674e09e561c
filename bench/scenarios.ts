import { availableParallelism } from 'node:os';
import { words } from './data/seed-sql.ts';
import type { Fixtures } from './fixtures.ts';
import type { Traffic } from './load/job.ts';
import { peerNames, type ServerName } from './options.ts';

/** The credentials that users send to one server. */
export interface Credentials {
  readonly tokens: readonly string[];
  /** The valid refresh cookies. Each refresh job replaces them, because a cookie can be used only once. */
  refreshCookies: readonly string[];
}

/** A kind of load that is the same on several servers. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly servers: readonly ServerName[];
  /** The number of requests that run at the same time at the pace `closed`. */
  readonly connections: number;
  readonly traffic: (credentials: Credentials) => Traffic;
}

const handwritten: readonly ServerName[] = ['limit', 'express', 'fastify', 'strata'];
// The servers with TypeORM implement only the reads of signed-in users.
const everyone: readonly ServerName[] = [...handwritten, ...peerNames];
// For routes that do more than a read, only the Express server has a handwritten equivalent.
const scripted: readonly ServerName[] = ['express', 'strata'];
/** The scenarios that are profiled. */
export const profiled = ['guarded-product', 'guarded-list', 'guarded-cursor'];
const connections = 16;
const list = '/api/v1/products?limit=20';
const guardedList = '/api/v1/guarded-products?limit=20';

/** Returns how deep in a table of `rows` rows the cursor pages are read. */
export const depthsOf = (rows: number): readonly number[] => [0, rows / 2, rows - rows / 1_000];

export const searchPaths = (searches: readonly string[]): string[] =>
  searches.map((q) => `${list}&q=${encodeURIComponent(q)}`);

/** Returns all scenarios for a database with `rows` products. */
export async function scenariosOf(fixtures: Fixtures, rows: number): Promise<Scenario[]> {
  const { productIds, logins: emails, password } = fixtures;
  const read = (id: string, title: string, paths: readonly string[]): Scenario => ({
    id,
    title,
    servers: handwritten,
    connections,
    traffic: () => ({ kind: 'get', paths, tokens: [] }),
  });
  const guardedRead = (id: string, title: string, paths: readonly string[]): Scenario => ({
    ...read(id, title, paths),
    servers: everyone,
    traffic: ({ tokens }) => ({ kind: 'get', paths, tokens }),
  });
  const pages: Scenario[] = [];
  for (const [index, depth] of depthsOf(rows).entries()) {
    const cursors = await fixtures.cursorsAt(depth);
    const paths = cursors.map((cursor) => `${list}&cursor=${cursor}`);
    pages.push(read(`cursor-${index}`, `cursor page at depth ${depth.toLocaleString('en')}`, paths));
  }
  const byId = (place: string) => productIds.map((id) => `/api/v1/${place}/${id}`);
  const [, middle = 0] = depthsOf(rows);
  const cursors = await fixtures.cursorsAt(middle);
  const guardedPages = cursors.map((cursor) => `${guardedList}&cursor=${cursor}`);
  return [
    read('product', 'product by id, public', byId('products')),
    guardedRead('guarded-product', 'product by id, authenticated', byId('guarded-products')),
    read('list', 'list of 20, first page by number', [list]),
    guardedRead('guarded-list', 'list of 20, first page by number, authenticated', [guardedList]),
    ...pages,
    guardedRead(
      'guarded-cursor',
      `cursor page at depth ${middle.toLocaleString('en')}, authenticated`,
      guardedPages,
    ),
    read('search-three', 'search for three words', searchPaths(words.three)),
    read('search-one', 'search for one word', searchPaths(words.one)),
    {
      id: 'order',
      title: 'POST /orders, 3 lines',
      servers: scripted,
      connections,
      traffic: ({ tokens }) => ({ kind: 'order', productIds, tokens, lines: 3 }),
    },
    {
      id: 'refresh',
      title: 'refresh',
      servers: scripted,
      connections,
      traffic: ({ refreshCookies: cookies }) => ({ kind: 'refresh', cookies }),
    },
    {
      id: 'login',
      title: 'login',
      servers: scripted,
      // Send one sign-in for each core at a time, because the service refuses sign-ins that would wait longer than a
      // second.
      connections: availableParallelism(),
      traffic: () => ({ kind: 'login', emails, password, expected: 200 }),
    },
  ];
}
