import { setImmediate as immediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runInContext, type RequestContext } from '../../src/core/context.ts';
import { AppError } from '../../src/core/errors.ts';
import { Database } from '../../src/db/database.ts';
import { createDataSource } from '../../src/db/data-source.ts';
import { isOutage, toDatabaseError } from '../../src/db/errors.ts';
import { generousTimeoutMs } from '../helpers/config.ts';
import { createMemoryLogger } from '../helpers/fakes.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

const logger = createMemoryLogger();

const openDatabase = async (
  url: string,
  poolMax = 5,
  queryTimeoutMs = generousTimeoutMs,
): Promise<Database> => {
  const source = createDataSource({
    url,
    poolMax,
    entities: [],
    migrations: [],
    queryTimeoutMs,
  });
  const db = new Database(source, { logger });
  await db.connect();
  return db;
};

const raise = (code: string) => `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${code}'; END $$`;

/** Returns a promise and the function that resolves it. */
function createGate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

interface Pool {
  readonly waitingCount: number;
  readonly totalCount: number;
  readonly idleCount: number;
}

interface TimedClient {
  query(query: string | { text: string; query_timeout: number }): Promise<unknown>;
}

const poolOf = (db: Database) => (db.dataSource.driver as unknown as { master: Pool }).master;

describe('Database', () => {
  const name = databaseName('database');
  let url: string;
  let db: Database;

  beforeAll(async () => {
    url = await createEmptyDatabase(name);
    db = await openDatabase(url);
    await db.query('CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL)');
  });
  beforeEach(async () => {
    await db.query('TRUNCATE notes');
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(name);
  });

  const insert = (id: number) => db.query('INSERT INTO notes VALUES ($1, $2)', [id, 'x']);
  const ids = async () =>
    (await db.query<{ id: number }>('SELECT id FROM notes ORDER BY id')).map(({ id }) => id);
  const transactionId = async () =>
    (await db.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id'))[0]?.id;

  describe('query', () => {
    it('returns a date as text, whatever the time zone', async () => {
      const [row] = await db.query<{ day: string }>(`SELECT '2011-12-30'::date AS day`);
      expect(row).toEqual({ day: '2011-12-30' });
    });

    it('returns rows for every kind of statement', async () => {
      expect(await db.query('INSERT INTO notes VALUES (1, $1) RETURNING id', ['a'])).toEqual([{ id: 1 }]);
      expect(await db.query('UPDATE notes SET text = $1 RETURNING text', ['b'])).toEqual([{ text: 'b' }]);
      expect(await db.query('SELECT text FROM notes')).toEqual([{ text: 'b' }]);
      expect(await db.query('DELETE FROM notes RETURNING id')).toEqual([{ id: 1 }]);
      expect(await db.query('UPDATE notes SET text = $1', ['c'])).toEqual([]);
    });
  });

  describe('purge', () => {
    it('deletes matching rows up to the limit and returns the number', async () => {
      await db.query(`INSERT INTO notes SELECT n, 'old' FROM generate_series(1, 5) AS n`);
      await db.query(`INSERT INTO notes VALUES (6, 'new')`);
      const purge = (limit: number) => db.purge('notes', 'text = $2', limit, ['old']);
      expect([await purge(3), await purge(3), await purge(3)]).toEqual([3, 2, 0]);
      expect(await db.query('SELECT id FROM notes')).toEqual([{ id: 6 }]);
    });

    it('skips rows that another transaction has locked', async () => {
      await db.query(`INSERT INTO notes VALUES (1, 'old'), (2, 'old')`);
      const gate = createGate();
      const locked = createGate();
      const holding = db.transaction(async () => {
        await db.query('SELECT 1 FROM notes WHERE id = 1 FOR UPDATE');
        locked.open();
        await gate.opened;
      });
      await locked.opened;
      const purged = await db.purge('notes', `text = 'old'`, 10);
      gate.open();
      await holding;
      expect(purged).toBe(1);
      expect(await db.query('SELECT id FROM notes')).toEqual([{ id: 1 }]);
    });
  });

  describe('transaction', () => {
    it('stores everything and returns the result', async () => {
      const result = await db.transaction(async () => {
        await insert(1);
        await insert(2);
        return 'done';
      });
      expect(result).toBe('done');
      expect(await ids()).toEqual([1, 2]);
    });

    it('stores nothing on failure, and throws the error', async () => {
      const failure = new Error('on purpose');
      const work = db.transaction(async () => {
        await insert(1);
        throw failure;
      });
      await expect(work).rejects.toBe(failure);
      expect(await ids()).toEqual([]);
    });

    it('joins the open transaction', async () => {
      const seen: unknown[] = [];
      const work = db.transaction(async () => {
        seen.push(await transactionId());
        await db.transaction(async () => {
          seen.push(await transactionId());
          await insert(1);
        });
        throw new Error('on purpose');
      });
      await expect(work).rejects.toThrow('on purpose');
      expect(seen[0]).toBe(seen[1]);
      expect(await ids()).toEqual([]);
    });

    it('is isolated from concurrent transactions until it commits', async () => {
      const gate = createGate();
      const inserted = createGate();
      const first = db.transaction(async () => {
        await insert(1);
        inserted.open();
        await gate.opened;
      });
      await inserted.opened;
      expect(await ids()).toEqual([]);
      await db.transaction(() => insert(2));
      expect(await ids()).toEqual([2]);
      gate.open();
      await first;
      expect(await ids()).toEqual([1, 2]);
    });

    it.each(['40001', '40P01', '55P03'])('is retried as a whole after %s', async (code) => {
      let attempts = 0;
      await db.transaction(async () => {
        attempts += 1;
        await insert(attempts);
        if (attempts < 4) await db.query(raise(code));
      });
      expect(attempts).toBe(4);
      expect(await ids()).toEqual([4]);
    });

    it('fails as unavailable after three retries', async () => {
      let attempts = 0;
      const error: unknown = await db
        .transaction(async () => {
          attempts += 1;
          await db.query(raise('40001'));
        })
        .catch((thrown: unknown) => thrown);
      expect(attempts).toBe(4);
      expect(toDatabaseError(error)).toMatchObject({ code: 'UNAVAILABLE', headers: { 'Retry-After': '1' } });
    });

    it('is not retried if a retry cannot help', async () => {
      let attempts = 0;
      const work = db.transaction(async () => {
        attempts += 1;
        await insert(1);
        await insert(1);
      });
      await expect(work).rejects.toMatchObject({ code: '23505' });
      expect(attempts).toBe(1);
    });

    it('survives a real deadlock', async () => {
      await insert(1);
      await insert(2);
      const both = [createGate(), createGate()] as const;
      const lock = (id: number) => db.query('SELECT 1 FROM notes WHERE id = $1 FOR UPDATE', [id]);
      const takeBoth = (first: number, second: number) =>
        db.transaction(async () => {
          await lock(first);
          both[first - 1]?.open();
          await Promise.all(both.map(({ opened }) => opened));
          await lock(second);
          await db.query('UPDATE notes SET text = text || $1 WHERE id = $2', [String(first), first]);
        });
      await Promise.all([takeBoth(1, 2), takeBoth(2, 1)]);
      expect(await db.query('SELECT text FROM notes ORDER BY id')).toEqual([{ text: 'x1' }, { text: 'x2' }]);
    });

    it('does not commit after the response was sent', async () => {
      const context: RequestContext = {
        ip: '192.0.2.1',
        userAgent: null,
        language: null,
        requestId: 'r1',
        isExpired: false,
      };
      const work = runInContext(context, () =>
        db.transaction(async () => {
          await insert(1);
          context.isExpired = true;
        }),
      );
      await expect(work).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      expect(await ids()).toEqual([]);
    });

    it('is not retried after the response was sent', async () => {
      const context: RequestContext = {
        ip: '192.0.2.1',
        userAgent: null,
        language: null,
        requestId: 'r1',
        isExpired: false,
      };
      let attempts = 0;
      const work = runInContext(context, () =>
        db.transaction(async () => {
          attempts += 1;
          context.isExpired = true;
          await db.query(raise('40001'));
        }),
      );
      await expect(work).rejects.toMatchObject({ code: '40001' });
      expect(attempts).toBe(1);
    });

    it('discards a broken connection, and the next one works', async () => {
      const work = db.transaction(async () => {
        await insert(1);
        await db.query('SELECT pg_terminate_backend(pg_backend_pid())');
      });
      const error: unknown = await work.catch((thrown: unknown) => thrown);
      expect(isOutage(error)).toBe(true);
      expect(await ids()).toEqual([]);
      await db.transaction(() => insert(2));
      expect(await ids()).toEqual([2]);
    });
  });

  describe('COMMIT', () => {
    /** Makes the server run this PL/pgSQL statement during each COMMIT that has inserted a note. */
    const onCommit = async (statement: string): Promise<void> => {
      await db.query(
        `CREATE FUNCTION on_commit() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN ${statement}; RETURN NULL; END $$`,
      );
      await db.query(
        `CREATE CONSTRAINT TRIGGER on_commit AFTER INSERT ON notes
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION on_commit()`,
      );
    };
    afterEach(async () => {
      await db.query('DROP FUNCTION IF EXISTS on_commit() CASCADE');
    });

    it('is not repeated if its connection ends, because it may have succeeded', async () => {
      await onCommit('PERFORM pg_terminate_backend(pg_backend_pid())');
      let attempts = 0;
      const work = db.transaction(async () => {
        attempts += 1;
        await insert(1);
      });
      const error: unknown = await work.catch((thrown: unknown) => thrown);
      expect([isOutage(error), attempts]).toEqual([true, 1]);
      expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('may take longer than a query', async () => {
      const hurried = await openDatabase(url, 1, 4_000);
      await onCommit('PERFORM pg_sleep(4.5)');
      await hurried.transaction(() => hurried.query('INSERT INTO notes VALUES (1, $1)', ['x']));
      await hurried.close();
      expect(await ids()).toEqual([1]);
    });

    it('fails if the server rolls back because an error was caught in the transaction', async () => {
      const work = db.transaction(async () => {
        await insert(1);
        await insert(1).catch(() => undefined);
        return 'stored';
      });
      await expect(work).rejects.toThrow('The transaction was rolled back');
      expect(await ids()).toEqual([]);
      await db.transaction(() => insert(2));
      expect(await ids()).toEqual([2]);
    });
  });

  it('does not send a write outside a transaction if the deadline passes while it waits for a connection', async () => {
    const single = await openDatabase(url, 1);
    const context: RequestContext = {
      ip: '192.0.2.1',
      userAgent: null,
      language: null,
      requestId: 'r1',
      isExpired: false,
    };
    const gate = createGate();
    const held = createGate();
    try {
      const holder = single.transaction(async () => {
        held.open();
        await gate.opened;
      });
      await held.opened;
      const write = runInContext(context, () => single.prepared(`INSERT INTO notes VALUES (1, 'x')`));
      context.isLate = true;
      gate.open();
      await expect(write).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      await holder;
      // The refused write has returned its connection.
      expect(await single.query('SELECT id FROM notes')).toEqual([]);
    } finally {
      await single.close();
    }
  });

  describe('afterCommit', () => {
    const failure = new Error('on purpose');
    const fail = (): void => {
      throw failure;
    };
    beforeEach(() => {
      logger.lines.length = 0;
    });

    it('runs every callback after the commit and logs failures', async () => {
      const called: string[] = [];
      let attempts = 0;
      const result = await db.transaction(async () => {
        attempts += 1;
        await insert(1);
        db.afterCommit(() => called.push('first'));
        db.afterCommit(fail);
        db.afterCommit(async () => Promise.reject(failure));
        // Throw an error that causes a retry within a transaction. After the commit, it must not.
        db.afterCommit(() => {
          throw Object.assign(new Error('busy'), { code: '40001' });
        });
        db.afterCommit(() => called.push('last'));
        return 'stored';
      });
      await immediate();
      expect([result, attempts, called]).toEqual(['stored', 1, ['first', 'last']]);
      expect(await ids()).toEqual([1]);
      expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'error', 'error']);
      expect(logger.lines[0]?.fields).toEqual({ error: failure });
    });

    it('does not throw outside a transaction either', () => {
      db.afterCommit(fail);
      expect(logger.lines).toHaveLength(1);
    });

    it('runs nothing after a rollback of the transaction or a savepoint', async () => {
      const called: string[] = [];
      const rolledBack = db.transaction(async () => {
        db.afterCommit(() => called.push('transaction'));
        throw failure;
      });
      await expect(rolledBack).rejects.toBe(failure);
      await db.transaction(async () => {
        db.afterCommit(() => called.push('before'));
        const part = db.savepoint(async () => {
          db.afterCommit(() => called.push('savepoint'));
          throw failure;
        });
        await expect(part).rejects.toBe(failure);
        db.afterCommit(() => called.push('after'));
      });
      expect(called).toEqual(['before', 'after']);
    });
  });

  describe('savepoint', () => {
    it('undoes only its own changes', async () => {
      await db.transaction(async () => {
        await insert(1);
        const failed = db.savepoint(async () => {
          await insert(2);
          await insert(1);
        });
        await expect(failed).rejects.toMatchObject({ code: '23505' });
        expect(await db.savepoint(async () => 'kept')).toBe('kept');
        await insert(3);
      });
      expect(await ids()).toEqual([1, 3]);
    });

    it('throws outside a transaction', async () => {
      await expect(db.savepoint(async () => undefined)).rejects.toThrow('call it inside db.transaction');
    });
  });

  describe('overload', () => {
    it('fails fast while a thousand callers wait, and serves those', async () => {
      const narrow = await openDatabase(url, 1);
      const gate = createGate();
      const held = createGate();
      const holder = narrow.transaction(async () => {
        held.open();
        await gate.opened;
      });
      await held.opened;
      const waiting = Array.from({ length: 1_000 }, () => narrow.query<{ one: number }>('SELECT 1 AS one'));
      expect(poolOf(narrow).waitingCount).toBe(1_000);

      const refusals = await Promise.allSettled([
        narrow.query('SELECT 1'),
        narrow.transaction(async () => undefined),
        (async () => narrow.manager())(),
      ]);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
        expect(refusal.status === 'rejected' && refusal.reason instanceof AppError).toBe(true);
      }
      gate.open();
      await holder;
      expect((await Promise.all(waiting)).every(([row]) => row?.one === 1)).toBe(true);
      await narrow.close();
    });
  });

  describe('timeouts', () => {
    it('close the connection of the query, so that no other query waits for it', async () => {
      const narrow = await openDatabase(url, 1);
      const runner = narrow.dataSource.createQueryRunner();
      const client = (await runner.connect()) as TimedClient;
      const before = await runner.query('SELECT pg_backend_pid() AS id');
      const slow = client.query({ text: 'SELECT pg_sleep(3600)', query_timeout: 50 });
      await expect(slow).rejects.toThrow('Query read timeout');
      await expect(client.query('SELECT 1')).rejects.toThrow();
      await runner.release();
      const [after] = await narrow.query<{ id: number }>('SELECT pg_backend_pid() AS id');
      expect(after?.id).not.toBe(before[0].id);
      await narrow.close();
    });

    it('in a transaction roll it back and free its slot in the pool', async () => {
      const narrow = await openDatabase(url, 1);
      const work = narrow.transaction(async () => {
        await narrow.query('INSERT INTO notes VALUES (1, $1)', ['x']);
        const client = (await narrow.manager().queryRunner?.connect()) as TimedClient;
        await client.query({ text: 'SELECT pg_sleep(2)', query_timeout: 50 });
      });
      const error: unknown = await work.catch((thrown: unknown) => thrown);
      expect(toDatabaseError(error)).toMatchObject({ code: 'UNAVAILABLE' });
      expect(poolOf(narrow).totalCount).toBe(0);
      expect(await narrow.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await narrow.close();
      expect(await ids()).toEqual([]);
    });

    it('are set for queries, locks, idle transactions and waiting for a connection', async () => {
      const limited = new Database(createDataSource({ url, poolMax: 1, entities: [], migrations: [] }));
      await limited.connect();
      expect(limited.dataSource.options.extra).toMatchObject({
        query_timeout: 2_000,
        connectionTimeoutMillis: 2_000,
      });
      const [row] = await limited.query(
        `SELECT current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle`,
      );
      expect(row).toEqual({ lock: '1500ms', idle: '10s' });
      await limited.close();
    });
  });

  describe('connect', () => {
    it.each(['127.0.0.1', 'localhost'])(
      'throws an actionable error if nothing listens at %s',
      async (host) => {
        const connecting = openDatabase(`postgres://nobody@${host}:1/nothing`);
        await expect(connecting).rejects.toThrow(
          /^The database cannot be reached \(.*ECONNREFUSED.*\): check DATABASE_URL/,
        );
      },
    );

    it('throws an actionable error for an unknown database', async () => {
      const missing = new URL(url);
      missing.pathname = '/strata_missing';
      await expect(openDatabase(missing.href)).rejects.toThrow(
        /^The server has no database "strata_missing": create it with `createdb strata_missing`/,
      );
    });

    it('rejects an old server and closes the connection', async () => {
      const source = createDataSource({ url, poolMax: 1, entities: [], migrations: [] });
      const old = new Database(source);
      // Simulate an old server: TypeORM stores the server's version here when it connects.
      Object.defineProperty(source.driver, 'version', { get: () => '14.11', set: () => undefined });
      await expect(old.connect()).rejects.toThrow(
        'The database is PostgreSQL 14.11, which is too old: set DATABASE_URL to a server of version 15 or later.',
      );
      expect(source.isInitialized).toBe(false);
    });
  });

  describe('isReachable', () => {
    it('returns true, and false once closed', async () => {
      const other = await openDatabase(url, 1);
      expect(await other.isReachable(1_000)).toBe(true);
      await other.close();
      expect(await other.isReachable(1_000)).toBe(false);
    });

    it('shares one probe among concurrent calls', async () => {
      const asked = await openDatabase(url, 1);
      // Run the write probe first. It is not due again soon, so the counted calls send only `SELECT 1`.
      expect(await asked.isReachable(20_000)).toBe(true);
      const query = asked.dataSource.query.bind(asked.dataSource);
      let count = 0;
      asked.dataSource.query = (...args: Parameters<typeof query>) => {
        count += 1;
        return query(...args);
      };
      const answers = await Promise.all(Array.from({ length: 100 }, () => asked.isReachable(1_000)));
      expect(new Set(answers)).toEqual(new Set([true]));
      expect(count).toBe(1);
      expect(await asked.isReachable(1_000)).toBe(true);
      expect(count).toBe(2);
      await asked.close();
    });

    it('returns false after a statement failed on a full disk', async () => {
      const full = await openDatabase(url, 1);
      expect(await full.isReachable(20_000)).toBe(true);
      await expect(full.query(raise('53100'))).rejects.toMatchObject({ code: '53100' });
      expect(await full.isReachable(20_000)).toBe(false);
      await full.close();
    });

    it('returns false for a read-only server, even without writes', async () => {
      const closed = await openDatabase(url, 1);
      // Make the session read-only, as on a standby. ALTER DATABASE … SET would not work here: the service overrides
      // that setting when it connects.
      await closed.query('SET default_transaction_read_only = on');
      expect([await closed.isReachable(20_000), await closed.isReachable(20_000)]).toEqual([false, false]);
      await closed.close();
    });

    it('returns false after the timeout', async () => {
      const narrow = await openDatabase(url, 1);
      const gate = createGate();
      const held = createGate();
      const holder = narrow.transaction(() => {
        held.open();
        return gate.opened;
      });
      await held.opened;
      expect(await narrow.isReachable(50)).toBe(false);
      gate.open();
      await holder;
      await narrow.close();
    });
  });

  describe('errors', () => {
    it.each([
      ['22P02', 'VALIDATION_ERROR'],
      ['22003', 'VALIDATION_ERROR'],
      ['23514', 'VALIDATION_ERROR'],
      ['23505', 'CONFLICT'],
      ['23503', 'CONFLICT'],
      ['40001', 'UNAVAILABLE'],
      ['57014', 'UNAVAILABLE'],
      ['53300', 'UNAVAILABLE'],
      ['08006', 'UNAVAILABLE'],
    ])('map %s to %s and hide the database message', async (sqlState, code) => {
      const thrown: unknown = await db.query(raise(sqlState)).catch((error: unknown) => error);
      const error = toDatabaseError(thrown);
      expect(error?.code).toBe(code);
      expect(error?.message).not.toContain('on purpose');
      expect(error?.cause).toBe(thrown);
    });

    it('that no caller can cause are treated as bugs', async () => {
      const thrown: unknown = await db.query('SELECT * FROM nowhere').catch((error: unknown) => error);
      expect(toDatabaseError(thrown)).toBeUndefined();
    });
  });
});
