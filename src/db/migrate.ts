import type { Database } from './database.ts';

/** Carries out the migrations that the database has not had; gives their names. */
export async function migrate(db: Database): Promise<string[]> {
  const done = await db.dataSource.runMigrations();
  return done.map(({ name }) => name);
}

/** Takes back the newest migration; gives its name, or null when there is none. */
export async function rollback(db: Database): Promise<string | null> {
  const [table] = await db.query<{ name: string | null }>(`SELECT to_regclass('migrations') AS name`);
  if (table === undefined || table.name === null) return null;
  const [newest] = await db.query<{ name: string }>('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
  if (newest === undefined) return null;
  await db.dataSource.undoLastMigration();
  return newest.name;
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
