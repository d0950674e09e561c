import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { modules } from '../../src/modules.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { testConfig, generousTimeoutMs } from '../helpers/config.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

/** Session defaults that an administrator or a provider may have set. The service must not depend on them. */
const defaults = {
  search_path: "'nowhere'",
  timezone: "'Asia/Kathmandu'",
  datestyle: "'SQL, DMY'",
  intervalstyle: "'sql_standard'",
  extra_float_digits: '-10',
  bytea_output: "'escape'",
  array_nulls: 'off',
  transform_null_equals: 'on',
  standard_conforming_strings: 'off',
  client_encoding: "'LATIN1'",
  default_transaction_isolation: "'serializable'",
  default_transaction_read_only: 'on',
  statement_timeout: "'10s'",
  idle_session_timeout: "'10s'",
};

describe('a database with other defaults', () => {
  const name = databaseName('defaults');
  let url: string;
  let db: Database;

  const connect = async (databaseUrl: string): Promise<Database> => {
    const database = createDatabase(testConfig({ DATABASE_URL: databaseUrl }), modules, {
      queryTimeoutMs: generousTimeoutMs,
    });
    await database.connect();
    return database;
  };

  beforeAll(async () => {
    url = await createEmptyDatabase(name);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const statements = Object.entries(defaults).map(
      ([setting, value]) => `ALTER DATABASE ${name} SET ${setting} = ${value}`,
    );
    for (const statement of statements) await client.query(statement);
    await client.end();
    db = await connect(url);
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(name);
  });

  it('is migrated in its public schema', async () => {
    expect((await migrate(db)).length).toBeGreaterThan(10);
    expect(await db.query(`SELECT to_regclass('public.outbox') IS NOT NULL AS found`)).toEqual([
      { found: true },
    ]);
  });

  it('stores and reads values as usual', async () => {
    const [row] = await db.transaction(() =>
      db.query(`SELECT '2026-02-01T10:00:00Z'::timestamptz AS moment, 0.1::float8 + 0.2::float8 AS number,
        '\\x00ff'::bytea AS bytes, 'ü' AS text, 'a\\b' AS literal, ARRAY[1, NULL] AS list,
        current_setting('transaction_isolation') AS isolation,
        current_setting('statement_timeout') AS statement_timeout,
        current_setting('idle_session_timeout') AS idle_timeout, (NULL = NULL) IS NULL AS is_null_kept`),
    );
    expect(row).toEqual({
      moment: new Date('2026-02-01T10:00:00Z'),
      number: 0.1 + 0.2,
      bytes: Buffer.from([0, 255]),
      text: 'ü',
      literal: 'a\\b',
      list: [1, null],
      isolation: 'read committed',
      statement_timeout: '0',
      idle_timeout: '0',
      is_null_kept: true,
    });
    await db.transaction(() => db.query('CREATE TABLE written AS SELECT 1'));
  });

  it('keeps the options of DATABASE_URL', async () => {
    const chosen = new URL(url);
    chosen.search = '?options=-c%20TimeZone%3DEurope/Vilnius%20-c%20search_path%3Dpg_catalog';
    const other = await connect(chosen.href);
    const [row] = await other.query(
      `SELECT current_setting('TimeZone') AS zone, current_setting('search_path') AS path`,
    );
    await other.close();
    expect(row).toEqual({ zone: 'Europe/Vilnius', path: 'pg_catalog' });
  });
});
