import { DataSource } from 'typeorm';
import type { Database } from './database.ts';

/**
 * Runs `work` while nobody else migrates this database, and with no statement too slow: an index on a large table
 * takes minutes.
 */
async function alone<T>(db: Database, work: (source: DataSource) => Promise<T>): Promise<T> {
  const { options } = db.dataSource;
  const source = new DataSource({
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

/** Carries out the migrations that the database has not had; gives their names. */
export async function migrate(db: Database): Promise<string[]> {
  const done = await alone(db, (source) => source.runMigrations());
  return done.map(({ name }) => name);
}

/** Takes back the newest migration; gives its name, or null when there is none. */
export async function rollback(db: Database): Promise<string | null> {
  return alone(db, async (source) => {
    const [table] = await db.query<{ name: string | null }>(`SELECT to_regclass('migrations') AS name`);
    if (table === undefined || table.name === null) return null;
    const [newest] = await db.query<{ name: string }>('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
    if (newest === undefined) return null;
    await source.undoLastMigration();
    return newest.name;
  });
}

/** Throws when the database lacks a migration that this code counts on; extra ones, of newer code, are welcome. */
export async function assertMigrated(db: Database): Promise<void> {
  if (await db.dataSource.showMigrations()) {
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

/** The SQL that would bring the database to what the entities say, and back; empty when they agree. */
export async function findDrift(db: Database): Promise<{ up: SqlQuery[]; down: SqlQuery[] }> {
  const { upQueries, downQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  return { up: upQueries, down: downQueries.toReversed() };
}
