import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** One run of the tests. Other runs may use the same server. */
export interface TestRun {
  /** Drops the databases of this run. */
  close(): Promise<void>;
}

interface TestDatabase {
  readonly name: string;
  readonly run: string;
}

const tryLockSql = `pg_try_advisory_lock(hashtextextended('strata test run ' || $1, 0)) AS held`;

/**
 * Takes an advisory lock that is free again when this process ends. Drops the databases of each run whose lock is free,
 * because that run was killed.
 */
export async function openTestRun(): Promise<TestRun> {
  const run = randomBytes(4).toString('hex');
  process.env['STRATA_TEST_RUN'] = run;
  const client = new pg.Client({ connectionString: process.env['STRATA_TEST_SERVER_URL'] });
  client.on('error', () => undefined);
  await client.connect();
  await tryLock(client, run);
  await dropAbandoned(client);
  return {
    close: async () => {
      await drop(
        client,
        (await listDatabases(client)).filter((database) => database.run === run),
      );
      await client.end();
    },
  };
}

async function tryLock(client: pg.Client, run: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`SELECT ${tryLockSql}`, [run]);
  return rows[0]?.held === true;
}

async function listDatabases(client: pg.Client): Promise<TestDatabase[]> {
  const { rows } = await client.query<TestDatabase>(
    `SELECT datname AS name, substring(datname FROM '^strata_r([0-9a-f]{8})_') AS run FROM pg_database
     WHERE datname ~ '^strata_r[0-9a-f]{8}_'`,
  );
  return rows;
}

async function dropAbandoned(client: pg.Client): Promise<void> {
  const found = (await listDatabases(client)).filter(({ run }) => run !== process.env['STRATA_TEST_RUN']);
  for (const run of new Set(found.map((database) => database.run))) {
    if (!(await tryLock(client, run))) continue;
    await drop(
      client,
      found.filter((database) => database.run === run),
    );
    await client.query(`SELECT pg_advisory_unlock(hashtextextended('strata test run ' || $1, 0))`, [run]);
  }
}

async function drop(client: pg.Client, databases: readonly TestDatabase[]): Promise<void> {
  for (const { name } of databases) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
