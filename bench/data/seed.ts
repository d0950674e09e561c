import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { runCommand } from '../../src/cli.ts';
import { modules } from '../../src/modules.ts';
import { kernelMigrations } from '../../src/process/kernel-tables.ts';
import { listsLane } from './lists-sql.ts';
import { frame, lanes, type Lane } from './seed-sql.ts';

const copyPrefix = 'bench_run_';

/**
 * Returns the database with `rows` rows, and creates it if needed. Its name contains a hash of the migrations and of
 * these scripts, so that a change leads to a new database.
 */
export async function seededDatabase(
  serverUrl: string,
  rows: number,
  log: (line: string) => void,
): Promise<{ readonly name: string; readonly seededInSeconds: number | null }> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    const family = `bench_${rows}_`;
    const { rows: known } = await admin.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [family],
    );
    const name = `${family}${fingerprint(rows)}`;
    if (known.some((database) => database.name === name)) return { name, seededInSeconds: null };
    // Drop the databases that were filled by older scripts or by an interrupted run.
    for (const old of known) await admin.query(`DROP DATABASE ${old.name} WITH (FORCE)`);
    log(`Seeding ${rows.toLocaleString('en')} products and orders …`);
    const startedAt = performance.now();
    const unfinished = `${name}_unfinished`;
    await admin.query(`CREATE DATABASE ${unfinished}`);
    await fill(urlOf(serverUrl, unfinished), rows);
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    return { name, seededInSeconds: (performance.now() - startedAt) / 1_000 };
  } finally {
    await admin.end();
  }
}

/** Runs `work` with a copy of the filled database, so that every run starts with the same data. */
export async function withCopy<T>(
  serverUrl: string,
  template: string,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  const copy = `${copyPrefix}${randomBytes(6).toString('hex')}`;
  try {
    await dropLeftovers(admin);
    await admin.query(`CREATE DATABASE ${copy} TEMPLATE ${template} STRATEGY file_copy`);
    return await work(urlOf(serverUrl, copy));
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
    await admin.end();
  }
}

/**
 * Drops the copies that interrupted runs have left. Keeps a copy that has a connection, because another run is using
 * it.
 */
async function dropLeftovers(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database AS d WHERE starts_with(datname, $1)
       AND NOT EXISTS (SELECT 1 FROM pg_stat_activity AS a WHERE a.datid = d.oid)`,
    [copyPrefix],
  );
  for (const { name } of rows) await admin.query(`DROP DATABASE ${name}`);
}

export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function fingerprint(rows: number): string {
  const migrations = migrationNames();
  return createHash('sha256')
    .update(JSON.stringify([frame, lanes(rows), migrations]))
    .digest('hex')
    .slice(0, 8);
}

function migrationNames(): string[] {
  const migrations = [...kernelMigrations, ...modules.flatMap((module) => module.migrations)];
  return migrations.map(({ name }) => name);
}

async function fill(url: string, rows: number): Promise<void> {
  const secret = () => randomBytes(48).toString('base64');
  await runCommand('db:migrate', [], {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
  });
  await fillLanes(url, lanes(rows));
}

/**
 * Fills the tables of the other lists. Separate from the shop, because filling them takes longer and only one part of
 * the run needs them.
 */
export const fillLists = (url: string, rows: number): Promise<void> => fillLanes(url, [listsLane(rows)]);

async function fillLanes(url: string, filled: readonly Lane[]): Promise<void> {
  await once(url, [frame.functions]);
  await Promise.all(filled.map((lane) => fillTables(url, lane)));
  await once(url, [frame.dropFunctions]);
}

/** Fills the tables of a lane without indexes and foreign key checks. Creates the indexes again afterwards. */
async function fillTables(url: string, { tables, statements }: Lane): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB';
       SET work_mem = '256MB'`,
    );
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE schemaname = 'public' AND tablename = ANY ($1)
         AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)`,
      [tables],
    );
    for (const { name } of indexes) await client.query(`DROP INDEX "${name}"`);
    for (const statement of statements) await client.query(statement);
    for (const { definition } of indexes) await client.query(definition);
    for (const table of tables) await client.query(`VACUUM (ANALYZE) ${table}`);
  } finally {
    await client.end();
  }
}

async function once(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
