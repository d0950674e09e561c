import { DataSource, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { Database } from './database.ts';
import { withAdvice } from './unreachable.ts';

/** Sends the queries of a runner one after another: TypeORM sends several at once, which pg will refuse from version 9. */
class SequentialDataSource extends DataSource {
  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const runner = super.createQueryRunner(mode);
    const query = runner.query.bind(runner);
    let last: Promise<unknown> = Promise.resolve();
    runner.query = (...args: Parameters<typeof query>) => {
      const next = last.then(() => query(...args));
      last = next.catch(() => undefined);
      return next;
    };
    return runner;
  }
}

/**
 * Runs `work` while nobody else migrates this database, and with no statement too slow: an index on a large table
 * takes minutes.
 */
async function alone<T>(db: Database, work: (source: DataSource) => Promise<T>): Promise<T> {
  const { options } = db.dataSource;
  const source = new SequentialDataSource({
    ...options,
    extra: { ...(options.extra as object), max: 2, query_timeout: 0, slow: undefined },
  });
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    try {
      // In a transaction, which a pooler that hands out connections by transaction leaves on one.
      await lock.startTransaction();
      await lock.query('SET LOCAL lock_timeout = 0');
      await lock.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      await lock.query(`SELECT pg_advisory_xact_lock(hashtextextended('strata migrations', 0))`);
      return await work(source);
    } finally {
      await lock.release();
    }
  } finally {
    // The lock ends with its connection.
    await source.destroy();
  }
}

/** Runs `work`; an error that is known of databases says what to do. */
async function advised<T>(db: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withAdvice(error, db.url);
  }
}

/** Carries out the migrations that the database has not had; gives their names. */
export async function migrate(db: Database): Promise<string[]> {
  const done = await advised(db, () => alone(db, (source) => source.runMigrations()));
  return done.map(({ name }) => name);
}

/** Takes back the newest migration; gives its name, or null when there is none. */
export async function rollback(db: Database): Promise<string | null> {
  return advised(db, () =>
    alone(db, async (source) => {
      const [table] = await db.query<{ name: string | null }>(`SELECT to_regclass('migrations') AS name`);
      if (table === undefined || table.name === null) return null;
      const [newest] = await db.query<{ name: string }>(
        'SELECT name FROM migrations ORDER BY id DESC LIMIT 1',
      );
      if (newest === undefined) return null;
      await source.undoLastMigration();
      return newest.name;
    }),
  );
}

/** Throws when the database lacks a migration that this code counts on; extra ones, of newer code, are welcome. */
export async function assertMigrated(db: Database): Promise<void> {
  if (await advised(db, () => db.dataSource.showMigrations())) {
    throw new Error(
      'The database lacks migrations that this version needs: run `npm run db:migrate`, or `node dist/cli.js db:migrate` in production.',
    );
  }
}

/** A statement with its parameters. */
export interface SqlQuery {
  readonly query: string;
  readonly parameters?: unknown[] | undefined;
}

/** The SQL that changes a schema, and the SQL that takes the change back. */
export interface Drift {
  readonly up: SqlQuery[];
  readonly down: SqlQuery[];
}

/** Returns the SQL that would bring the database to what these entities say, or all of them; empty if they agree. */
export async function findDrift(
  db: Database,
  isMeant: (entity: unknown) => boolean = () => true,
): Promise<Drift> {
  const source = new SequentialDataSource(db.dataSource.options);
  await source.initialize();
  try {
    for (const metadata of source.entityMetadatas) metadata.synchronize &&= isMeant(metadata.target);
    const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log();
    return { up: upQueries, down: downQueries.toReversed() };
  } finally {
    await source.destroy();
  }
}
