import { migrate } from '../../src/db/migrate.ts';
import { modules } from '../../src/modules.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { testConfig, generousTimeoutMs } from './config.ts';
import { createEmptyDatabase, databaseName } from './databases.ts';

/**
 * Creates the migrated database that test databases are copied from. Closes all connections to it, because PostgreSQL
 * copies only an unused database. Returns its name.
 */
export async function createTemplate(): Promise<string> {
  const name = databaseName('template');
  const db = createDatabase(testConfig({ DATABASE_URL: await createEmptyDatabase(name) }), modules, {
    queryTimeoutMs: generousTimeoutMs,
  });
  await db.connect();
  await migrate(db);
  await db.close();
  return name;
}
