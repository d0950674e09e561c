import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { changeAllInBatches, changeInBatches, readAllWhere, readInBatches } from '../../src/db/batches.ts';
import { createDataSource } from '../../src/db/data-source.ts';
import { Database } from '../../src/db/database.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { createThingsSql, Thing } from '../helpers/thing.model.ts';

const count = 1_234;

describe('batches', () => {
  const name = databaseName('batches');
  let db: Database;

  beforeAll(async () => {
    const url = await createEmptyDatabase(name);
    db = new Database(createDataSource({ url, poolMax: 2, entities: [Thing], migrations: [] }));
    await db.connect();
    await db.query(createThingsSql);
  });
  beforeEach(async () => {
    await db.query('TRUNCATE things');
    // Insert each timestamp in three rows, so that the id decides their order.
    await db.query(
      `INSERT INTO things (id, sku, name, price_minor, currency, stock, created_at)
       SELECT gen_random_uuid(), n, CASE WHEN n < 1000 THEN 'first' WHEN n < 1200 THEN 'second' ELSE 'third' END, n, 'EUR', 0,
         '2026-01-01'::timestamptz + n / 3 * interval '1 second'
       FROM generate_series(0, ${count - 1}) AS n`,
    );
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(name);
  });

  const readAll = async (...names: string[]): Promise<Thing[]> => {
    const things: Thing[] = [];
    const where = names.map((one) => ({ name: one }));
    for await (const thing of readAllWhere(db.repository(Thing), where)) things.push(thing);
    return things;
  };
  const newestFirst = (one: Thing, other: Thing): number =>
    other.createdAt.getTime() - one.createdAt.getTime() || (other.id < one.id ? -1 : 1);

  it.each([
    [['first', 'second', 'third'], count],
    [['first', 'third'], 1_034],
    [['second'], 200],
    [['none'], 0],
  ])('reads every row of %j once, newest first', async (names, expected) => {
    const things = await readAll(...names);
    expect(things).toHaveLength(expected);
    expect(new Set(things.map(({ id }) => id)).size).toBe(expected);
    expect(things).toEqual([...things].sort(newestFirst));
    expect(things.every((thing) => names.includes(thing.name))).toBe(true);
  });

  it('reads the next batch only after the previous one is consumed', async () => {
    let asked = 0;
    const numbers = readInBatches<number>(async (last, limit) => {
      asked += 1;
      return Array.from({ length: limit }, (_number, index) => (last ?? 0) + index + 1);
    });
    for await (const number of numbers) if (number === 150) break;
    expect(asked).toBe(2);
  });

  it('changes every row once, each batch in its own transaction', async () => {
    const transactions: string[] = [];
    await changeAllInBatches<{ priceMinor: number }>((last, limit) =>
      db.transaction(async () => {
        const [transaction] = await db.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
        transactions.push(transaction?.id ?? '');
        return db.query(
          `WITH batch AS (SELECT id, price_minor FROM things WHERE price_minor > $1 ORDER BY price_minor LIMIT $2),
             changed AS (UPDATE things SET stock = stock + 1 FROM batch WHERE things.id = batch.id)
           SELECT price_minor AS "priceMinor" FROM batch ORDER BY price_minor`,
          [last?.priceMinor ?? -1, limit],
        );
      }),
    );
    expect(await db.query('SELECT DISTINCT stock FROM things')).toEqual([{ stock: 1 }]);
    expect(new Set(transactions).size).toBe(3);
  });

  it('deletes exactly the matching rows, and none if the transaction fails', async () => {
    const removal = `DELETE FROM things WHERE id = ANY (ARRAY(SELECT id FROM things WHERE name = $1 LIMIT $2)) RETURNING 1`;
    const failing = db.transaction(async () => {
      await changeInBatches(db, removal, ['first']);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await readAll('first')).toHaveLength(1_000);
    await changeInBatches(db, removal, ['first']);
    expect([await readAll('first'), await readAll('second', 'third')].map(({ length }) => length)).toEqual([
      0, 234,
    ]);
  });
});
