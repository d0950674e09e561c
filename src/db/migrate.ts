import { DataSource, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { Database } from './database.ts';
import { withAdvice } from './unreachable.ts';

/**
 * Sends the queries of TypeORM one after another. TypeORM would send several at once, which pg refuses from version 9.
 */
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
 * Runs `work` while this process holds the migration lock. Queries have no timeout, because building an index on a
 * large table can take minutes.
 */
async function withMigrationLock<T>(db: Database, work: (source: DataSource) => Promise<T>): Promise<T> {
  const { options } = db.dataSource;
  const extra: unknown = options.extra;
  const source = new SequentialDataSource({
    ...options,
    extra: { ...(typeof extra === 'object' && extra), max: 2, query_timeout: 0, slow: undefined },
  });
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    try {
      // Take the lock in a transaction: a pooler in transaction mode (such as PgBouncer) then keeps it on one
      // connection.
      await lock.startTransaction();
      await lock.query('SET LOCAL lock_timeout = 0');
      await lock.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      await lock.query(`SELECT pg_advisory_xact_lock(hashtextextended('strata migrations', 0))`);
      return await work(source);
    } finally {
      await lock.release();
    }
  } finally {
    // Closing the connection releases the lock.
    await source.destroy();
  }
}

/** Runs `work` and adds advice to known database errors. */
async function addAdvice<T>(db: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withAdvice(error, db.url);
  }
}

/** Runs pending migrations and returns their names. */
export async function migrate(db: Database): Promise<string[]> {
  const done = await addAdvice(db, () => withMigrationLock(db, (source) => source.runMigrations()));
  return done.map(({ name }) => name);
}

/** Reverts the newest migration and returns its name, or null if there is none. */
export async function rollback(db: Database): Promise<string | null> {
  return addAdvice(db, () =>
    withMigrationLock(db, async (source) => {
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

/**
 * Throws if a migration that this version of the service needs is missing. Migrations of newer versions may be present.
 */
export async function assertMigrated(db: Database): Promise<void> {
  if (await addAdvice(db, () => db.dataSource.showMigrations())) {
    throw new Error(
      'The database is missing migrations of this version: run `npm run db:migrate`, or `node dist/cli.js db:migrate` in production.',
    );
  }
}

/** An SQL statement with its parameters. */
export interface SqlQuery {
  readonly query: string;
  readonly parameters?: unknown[] | undefined;
}

/** SQL that changes the schema to match the entities, and SQL that reverts the change. */
export interface Drift {
  readonly up: SqlQuery[];
  readonly down: SqlQuery[];
}

/**
 * Returns the SQL that would make the schema match the selected entities (all by default). The result is empty if they
 * already match.
 */
export async function findDrift(
  db: Database,
  isIncluded: (entity: unknown) => boolean = () => true,
): Promise<Drift> {
  const source = new SequentialDataSource(db.dataSource.options);
  await source.initialize();
  try {
    for (const metadata of source.entityMetadatas) metadata.synchronize &&= isIncluded(metadata.target);
    const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log();
    return { up: upQueries, down: downQueries.toReversed() };
  } finally {
    await source.destroy();
  }
}
