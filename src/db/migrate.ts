import type { Database } from './database.ts';

/** Carries out the migrations that the database has not had; gives their names. */
export async function migrate(db: Database): Promise<string[]> {
  const done = await db.dataSource.runMigrations();
  return done.map(({ name }) => name);
}

/** Takes back the newest migration; false when there is none. */
export async function rollback(db: Database): Promise<boolean> {
  const rows = await db.query<{ name: string }>('SELECT name FROM migrations LIMIT 1').catch(() => []);
  if (rows.length === 0) return false;
  await db.dataSource.undoLastMigration();
  return true;
}

/** Throws when the database lacks a migration that this code counts on; extra ones, of newer code, are welcome. */
export async function assertMigrated(db: Database): Promise<void> {
  if (await db.dataSource.showMigrations()) {
    throw new Error(
      'The database lacks migrations that this version needs: run `npm run db:migrate`, or `node dist/cli.js db:migrate` in production.',
    );
  }
}

/** The SQL that would bring the database to what the entities say; empty when they agree. */
export async function findDrift(db: Database): Promise<{ up: string[]; down: string[] }> {
  const { upQueries, downQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  return { up: upQueries.map(({ query }) => query), down: downQueries.map(({ query }) => query) };
}
