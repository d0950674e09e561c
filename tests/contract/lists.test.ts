import { describe, expect, it } from '@jest/globals';
import type { BoundRoute } from '../../src/http/router.ts';
import { prepareList, isList } from '../helpers/lists.ts';
import { recordStatements, type Statement } from '../helpers/statements.ts';
import { withTestApp } from '../helpers/with-app.ts';
import { describeApp, nameOf } from './routes.ts';

const lists = describeApp().modules.routes.filter(isList);

/** What a request read, and what it asked the database for that. */
interface Reading {
  readonly rows: number;
  readonly statements: readonly Statement[];
}

/** The statement that is made most often. */
function mostOften(statements: readonly Statement[]): string {
  const times = (text: string) => statements.filter(({ sql }) => sql === text).length;
  return statements.map(({ sql }) => sql).toSorted((a, b) => times(b) - times(a))[0] ?? '';
}

function assertNoMore(name: string, few: Reading, many: Reading): void {
  const told = ({ rows, statements }: Reading) => `${statements.length} times (rows: ${rows})`;
  if (many.statements.length <= few.statements.length) return;
  throw new Error(
    `${name} asks the database ${told(few)}, and ${told(many)}. Read what the rows of a page need with one statement for ` +
      `all of them (\`WHERE id = ANY ($1)\`). Most often it asks: ${mostOften(many.statements)}`,
  );
}

describe('A list asks the database as often for many rows as for one', () => {
  it.each(lists.map((bound) => [nameOf(bound), bound] as const))('%s', (name, { module }: BoundRoute) =>
    withTestApp({}, async (test) => {
      const statementsOf = recordStatements(test);
      const { reader, path, add } = await prepareList(module, name, test);

      const read = async (query: object): Promise<Reading> => {
        const ask = () => test.as(reader).get(path).query(query);
        // The first request may have to find out who asks, which the next one knows.
        const { body } = await ask().expect(200);
        return { rows: (body.data as unknown[]).length, statements: await statementsOf(ask()) };
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
