import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInContext, currentContext, type WorkContext } from '../../src/core/context.ts';
import { createDataSource } from '../../src/db/data-source.ts';
import { Database } from '../../src/db/database.ts';
import type { WatchedPool } from '../../src/db/pool.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { createMemoryLogger, type LogLine } from '../helpers/fakes.ts';
import { generousTimeoutMs } from '../helpers/config.ts';
import { until } from '../helpers/until.ts';

const thresholdMs = 250;
const longer = 0.4;

const contextOf = (requestId: string): WorkContext => ({
  requestId,
  ip: null,
  userAgent: null,
  language: null,
  isExpired: false,
});

describe('slow queries', () => {
  const name = databaseName('slow');
  const contexts = new Map<LogLine, string | undefined>();
  const logger = createMemoryLogger();
  let url: string;
  let db: Database;

  const open = async (poolMax: number, queryTimeoutMs = generousTimeoutMs): Promise<Database> => {
    const slow = {
      thresholdMs,
      logger: {
        ...logger,
        warn: (message: string, fields = {}) => {
          logger.warn(message, fields);
          contexts.set(logger.lines.at(-1) as LogLine, currentContext()?.requestId);
        },
      },
    };
    const opened = new Database(
      createDataSource({ url, poolMax, entities: [], migrations: [], queryTimeoutMs, slow }),
    );
    await opened.connect();
    return opened;
  };
  const poolOf = ({ dataSource }: Database) =>
    (dataSource.driver as unknown as { master: WatchedPool }).master;

  /** Returns the log line of the query that contains this mark. The line may be written after the response. */
  const lineOf = async (mark: string): Promise<LogLine> => {
    const find = () => logger.lines.find(({ fields }) => String(fields['sql']).includes(mark));
    await until(`a query with "${mark}" is logged`, () => find() !== undefined);
    return find() as LogLine;
  };

  beforeAll(async () => {
    url = await createEmptyDatabase(name);
    db = await open(5);
    await db.query('CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL)');
    await db.query(`INSERT INTO notes SELECT n, 'note ' || n FROM generate_series(1, 20000) n`);
    await db.query('ANALYZE notes');
  });
  afterEach(() => {
    logger.lines.length = 0;
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(name);
  });

  it('are logged with SQL, duration, rows, plan and request id, without parameters', async () => {
    const sql = 'SELECT text, pg_sleep($2) FROM notes WHERE id = $1 AND text <> $3 LIMIT 5 -- first';
    await runInContext(contextOf('request-1'), () => db.query(sql, [7, longer, 'jane@example.com']));
    const line = await lineOf('first');
    expect(line).toEqual({
      level: 'warn',
      message: 'Slow query.',
      fields: {
        event: 'database.slow-query',
        durationMs: expect.any(Number),
        sql,
        rows: 1,
        plan: 'Limit > Index Scan notes_pkey on notes',
      },
    });
    expect(line.fields['durationMs']).toBeGreaterThanOrEqual(thresholdMs);
    expect(contexts.get(line)).toBe('request-1');
    expect(JSON.stringify(line)).not.toContain('jane@example.com');
  });

  it('do not include fast queries', async () => {
    await db.query('SELECT 1 AS quick');
    await db.query('SELECT pg_sleep($1) -- after the quick one', [longer]);
    await lineOf('after the quick one');
    // Check only the durations: on a busy machine, any query may exceed the threshold, and the service then logs it
    // rightly.
    for (const { fields } of logger.lines) expect(fields['durationMs']).toBeGreaterThanOrEqual(thresholdMs);
  });

  it('are explained occasionally, per statement', async () => {
    const sql = 'SELECT count(*), pg_sleep($1) FROM notes -- again';
    await db.query(sql, [longer]);
    const planned = await lineOf('again');
    expect(planned.fields['plan']).toBe('Aggregate > Seq Scan on notes');
    logger.lines.length = 0;
    await sleep(1_000);
    await db.query(sql, [longer]);
    expect((await lineOf('again')).fields).not.toHaveProperty('plan');
  });

  it('are logged once a second per statement, with the number of omitted ones', async () => {
    const sql = 'SELECT pg_sleep($1) -- crowd';
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 5 }, () => db.query(sql, [longer])));
    await sleep(1_000);
    await db.query(sql, [longer]);
    const told = () => logger.lines.filter(({ fields }) => fields['sql'] === sql);
    const count = () => told().reduce((sum, { fields }) => sum + 1 + Number(fields['untold'] ?? 0), 0);
    await until('all six are counted', () => count() === 6);
    expect(told().length).toBeLessThanOrEqual((performance.now() - startedAt) / 1_000 + 1);
  });

  it('that write are explained without executing them again', async () => {
    await db.query('CREATE TABLE written (id serial)');
    const sql = 'WITH nap AS (SELECT pg_sleep($1)) INSERT INTO written SELECT 1 FROM nap -- writing';
    await db.query(sql, [longer]);
    expect((await lineOf('writing')).fields['plan']).toMatch(/^ModifyTable on written > /);
    expect(await db.query('SELECT count(*)::int AS count FROM written')).toEqual([{ count: 1 }]);
  });

  it('with several statements are neither explained nor executed again', async () => {
    await db.query('CREATE TABLE twice (id serial)');
    await db.query(`SELECT pg_sleep(${longer}); INSERT INTO twice DEFAULT VALUES -- several`);
    expect((await lineOf('several')).fields).not.toHaveProperty('plan');
    expect(await db.query('SELECT count(*)::int AS count FROM twice')).toEqual([{ count: 1 }]);
  });

  it('can be a COMMIT, without a plan', async () => {
    await db.query('CREATE TABLE checked (id int)');
    await db.query(`CREATE FUNCTION nap() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(${longer}); RETURN NULL; END $$`);
    await db.query(`CREATE CONSTRAINT TRIGGER nap AFTER INSERT ON checked
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nap()`);
    await db.transaction(() => db.query('INSERT INTO checked VALUES (1)'));
    expect((await lineOf('COMMIT')).fields).not.toHaveProperty('plan');
  });

  it('are detected in every call form of pg', async () => {
    const pool = poolOf(db);
    const values = [longer];
    await runInContext(contextOf('request-2'), () =>
      pool.query({ name: 'prepared', text: 'SELECT pg_sleep($1) -- prepared', values }),
    );
    const line = await lineOf('prepared');
    expect([line.fields['plan'], contexts.get(line)]).toEqual(['Result', 'request-2']);
    await pool.query({ text: 'SELECT pg_sleep($1) -- apart' }, values);
    expect((await lineOf('apart')).fields['plan']).toBe('Result');
  });

  it('keep the request id, whichever request released the connection', async () => {
    const narrow = await open(1);
    try {
      const ask = (mark: string) =>
        runInContext(contextOf(mark), () => poolOf(narrow).query(`SELECT pg_sleep(${longer}) -- ${mark}`));
      await Promise.all(['one', 'two', 'three'].map((number) => ask(`number ${number}`)));
      for (const mark of ['number one', 'number two', 'number three'])
        expect(contexts.get(await lineOf(mark))).toBe(mark);
    } finally {
      await narrow.close();
    }
  });

  it('that fail are logged as failed, and a timeout closes the connection', async () => {
    const hasty = await open(1, 500);
    try {
      const id = () => hasty.query<{ id: number }>('SELECT pg_backend_pid() AS id');
      const before = await id();
      await expect(hasty.query('SELECT pg_sleep(30) -- endless')).rejects.toThrow('Query read timeout');
      expect((await lineOf('endless')).fields).toMatchObject({ isFailed: true });
      expect(await id()).not.toEqual(before);
    } finally {
      await hasty.close();
    }
  });

  it('are logged without a plan if another connection cannot explain them', async () => {
    await db.transaction(async () => {
      await db.query('CREATE TABLE unseen (id int)');
      await db.query('SELECT pg_sleep($1) FROM (SELECT count(*) FROM unseen) AS counted', [longer]);
      // The plan is requested before the COMMIT, on another connection, which cannot see the table yet. So there is no
      // plan.
      expect((await lineOf('counted')).fields).not.toHaveProperty('plan');
    });
  });

  it('exclude the wait for a connection, which is logged separately, once a second', async () => {
    const narrow = await open(1);
    const waits = () =>
      logger.lines.filter(
        (line) => line.fields['event'] === 'database.slow-pool' && contexts.get(line) === 'request-3',
      );
    const startedAt = performance.now();
    try {
      await until('a wait is logged', async () => {
        await runInContext(contextOf('request-3'), () =>
          Promise.all([
            narrow.query('SELECT pg_sleep($1) -- holding', [longer]),
            ...Array.from({ length: 5 }, () => narrow.query('SELECT 1 AS waiting')),
          ]),
        );
        return waits().length > 0;
      });
      expect(waits().length).toBeLessThanOrEqual((performance.now() - startedAt) / 1_000 + 1);
      expect(waits()[0]?.fields).toEqual({
        event: 'database.slow-pool',
        durationMs: expect.any(Number),
        waiting: expect.any(Number),
        max: 1,
      });
    } finally {
      await narrow.close();
    }
  });
});
