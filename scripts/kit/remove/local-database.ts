import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { loadEnvironment } from '../../../src/config/environment.ts';
import { connectionOf } from '../../../src/db/connection.ts';
import { withDatabase } from '../../../dev/open-database.ts';
import { droppingStatements } from './dropping-migration.ts';
import type { Facts } from './facts.ts';

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * Drops the data of modules from the development database if these modules were never committed. The modules can then
 * be generated again with other fields. Returns a text that reports the result or lists the statements to run. Returns
 * null if there is nothing to do.
 */
export async function dropLocally(root: string, facts: readonly Facts[]): Promise<string | null> {
  if (facts.length === 0) return null;
  const statements = facts.flatMap((of) => [
    ...droppingStatements(of),
    `DELETE FROM migrations WHERE name IN (${of.migrations.map(literal).join(', ')})`,
  ]);
  const tables = facts.flatMap((of) => of.tables).join(', ');
  try {
    if (!hasDatabase(root)) return null;
    await withDatabase(async ({ DATABASE_URL }) => run(DATABASE_URL ?? '', statements));
    return `Dropped from the development database: ${tables}.`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      `Could not drop ${tables} from the development database (${reason}). Run these statements there:`,
      ...statements.map((sql) => `  ${sql};`),
    ].join('\n');
  }
}

function hasDatabase(root: string): boolean {
  const { DATABASE_URL, DATABASE_URL_FILE, EMBEDDED_DB_DIR } = loadEnvironment('development');
  if (DATABASE_URL || DATABASE_URL_FILE) return true;
  return existsSync(resolve(root, EMBEDDED_DB_DIR || '.data/postgres'));
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ ...connectionOf(url), connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: string | null }>(
      `SELECT to_regclass('migrations') AS there`,
    );
    if (rows[0]?.there === null) return;
    await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
  } finally {
    await client.end();
  }
}
