import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Environment } from '../../src/config/environment.ts';
import { chooseAccount } from '../../dev/embedded/account.ts';
import { connectionOf } from '../../src/db/connection.ts';
import { findFolder, owner } from '../../dev/embedded/folder.ts';
import { findPostmaster } from '../../dev/embedded/process.ts';
import { outdated, unreachable } from '../../src/db/unreachable.ts';
import { describePostgresUrl, PostgresUrlError } from '../../src/utils/postgres-url.ts';
import { checkClock } from './clock.ts';
import { about, type Finding } from './finding.ts';
import { readSetting } from './settings.ts';

/** The result of inspecting the database. */
export interface DatabaseFacts {
  readonly findings: readonly Finding[];
  /** The names of the applied migrations, or null if the database is unreachable. */
  readonly migrations: readonly string[] | null;
  /** How many connections ordinary users may open, or null if the database is unreachable. */
  readonly room: number | null;
}

interface Place {
  readonly url: string;
  readonly name: string;
  /** True for the embedded server. The first start creates its database. */
  readonly isEmbedded: boolean;
}

// The timeout is long, because a slow machine may take seconds to respond.
const timeoutMs = 10_000;
const { ok, fail } = about('database');
const withoutFacts = (finding: Finding): DatabaseFacts => ({
  findings: [finding],
  migrations: null,
  room: null,
});

/**
 * Inspects the database that DATABASE_URL names. If it names none, inspects the embedded database if its server runs.
 * Changes nothing.
 */
export async function inspectDatabase(env: Environment, root: string): Promise<DatabaseFacts> {
  const url = await readSetting(env, 'DATABASE_URL');
  if (url !== null) {
    try {
      return await inspect({ url, name: describePostgresUrl(url), isEmbedded: false });
    } catch (error) {
      if (!(error instanceof PostgresUrlError)) throw error;
      return withoutFacts(fail(`DATABASE_URL ${error.message}`, 'postgres://user:password@host/name'));
    }
  }
  if (env['NODE_ENV'] === 'production')
    return withoutFacts(fail('DATABASE_URL is not set', 'DATABASE_URL=postgres://user:password@host/name'));
  const place = await findEmbedded(env, root);
  return typeof place === 'string' ? withoutFacts(ok(place)) : inspect(place);
}

async function findEmbedded(env: Environment, root: string): Promise<Place | string> {
  const configured = env['EMBEDDED_DB_DIR'] || '.data/postgres';
  const folder = await findFolder(resolve(root, configured), await chooseAccount());
  if (folder === null) return `embedded; the first \`npm run dev\` creates it in ${configured}`;
  const postmaster = await findPostmaster(folder.data);
  const version = (await readFile(join(folder.data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (!postmaster?.port)
    return `embedded, PostgreSQL ${version} in ${configured}, not running; \`npm run dev\` starts it`;
  const url = `postgres://${owner}:${folder.password}@127.0.0.1:${postmaster.port}/strata`;
  return { url, name: `embedded in ${configured}, port ${postmaster.port}`, isEmbedded: true };
}

async function inspect({ url, name, isEmbedded }: Place): Promise<DatabaseFacts> {
  const client = new pg.Client({
    ...connectionOf(url),
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: 'strata doctor',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const findings = [
      await checkVersion(client, name),
      await checkClock(client),
      ...(await checkRights(client, url)),
    ];
    const migrations = await readMigrations(client);
    // Check the rights only before the first migration, because later the service itself may use a role with fewer
    // rights.
    if (migrations.length === 0) findings.push(...(await checkRights(client, url)));
    return { findings, migrations, room: await readRoom(client) };
  } catch (error) {
    if (isEmbedded && codeIs(error, '3D000'))
      return withoutFacts(ok(`${name}, empty; \`npm run dev\` sets it up`));
    const { problem, advice } = unreachable(error, url);
    return withoutFacts(fail(problem, advice));
  } finally {
    void client.end().catch(() => undefined);
  }
}

const codeIs = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

async function checkVersion(client: pg.Client, name: string): Promise<Finding> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const version = rows[0]?.server_version.split(' ')[0] ?? '';
  const old = outdated(version);
  return old === null ? ok(`PostgreSQL ${version} is reachable (${name})`) : fail(old.problem, old.advice);
}

/**
 * Returns a failure if the role cannot create tables. Since PostgreSQL 15, only the owner of a database can create
 * tables by default.
 */
async function checkRights(client: pg.Client, url: string): Promise<Finding[]> {
  const { rows } = await client.query<{ mayCreate: boolean | null }>(
    `SELECT has_schema_privilege(current_schema(), 'CREATE') AS "mayCreate"`,
  );
  if (rows[0]?.mayCreate === true) return [];
  const { problem, advice } = unreachable({ code: '42501' }, url);
  return [fail(problem, advice)];
}

async function readRoom(client: pg.Client): Promise<number | null> {
  // Allow for a server without reserved_connections, which PostgreSQL has only since version 16.
  const { rows } = await client.query<{ room: number }>(
    `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true)::int, 0) AS room`,
  );
  return rows[0]?.room ?? null;
}

async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS found`,
  );
  if (rows[0]?.found !== true) return [];
  const done = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return done.rows.map((row) => row.name);
}
