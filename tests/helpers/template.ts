import { migrate } from '../../src/db/migrate.ts';
import { modules } from '../../src/modules.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { testConfig, generousTimeoutMs } from './config.ts';
import { createEmptyDatabase, databaseName } from './databases.ts';

/**
 * Creates the migrated database that test databases are copied from. Returns its name. Leaves no connection open,
 * because PostgreSQL copies only a database without connections.
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
