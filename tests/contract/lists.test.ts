import { describe, expect, it } from '@jest/globals';
import type { BoundRoute } from '../../src/http/route.ts';
import { prepareList, isList } from '../helpers/lists.ts';
import { recordStatements, type Statement } from '../helpers/statements.ts';
import { withTestApp } from '../helpers/with-app.ts';
import { describeApp, nameOf } from './routes.ts';

const lists = describeApp().modules.routes.filter(isList);

/** The number of rows that a request returned, and its statements. */
interface Reading {
  readonly rows: number;
  readonly statements: readonly Statement[];
}

/** Returns the most frequent statement. */
function mostFrequent(statements: readonly Statement[]): string {
  const times = (text: string) => statements.filter(({ sql }) => sql === text).length;
  return statements.map(({ sql }) => sql).toSorted((a, b) => times(b) - times(a))[0] ?? '';
}

function assertNoMore(name: string, few: Reading, many: Reading): void {
  const describeReading = ({ rows, statements }: Reading) =>
    `${statements.length} statements for ${rows} rows`;
  if (many.statements.length <= few.statements.length) return;
  throw new Error(
    `${name} sends ${describeReading(few)}, but ${describeReading(many)}. Load related rows of a page with one statement ` +
      `(\`WHERE id = ANY ($1)\`). Most frequent statement: ${mostFrequent(many.statements)}`,
  );
}

describe('a list sends no more statements for many rows than for one', () => {
  it.each(lists.map((bound) => [nameOf(bound), bound] as const))('%s', (name, { module }: BoundRoute) =>
    withTestApp({}, async (test) => {
      const statementsOf = recordStatements(test);
      const { reader, path, add } = await prepareList(module, name, test);

      const read = async (query: object): Promise<Reading> => {
        const request = () => test.as(reader).get(path).query(query);
        // Send the request twice and record the second one only, because the first may load the session into the cache.
        const { body } = await request().expect(200);
        return { rows: (body.data as unknown[]).length, statements: await statementsOf(request()) };
      };
      const readBoth = async () => [await read({}), await read({ cursor: '' })] as const;

      await add();
      const few = await readBoth();
      for (let more = 0; more < 4; more += 1) await add();
      const many = await readBoth();
      for (const [index, reading] of many.entries()) {
        const before = few[index] as Reading;
        expect(before.rows).toBeGreaterThan(0);
        expect(reading.rows).toBe(before.rows + 4);
        assertNoMore(name, before, reading);
      }
    }),
  );
});
