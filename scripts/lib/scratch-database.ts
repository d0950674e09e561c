import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Environment } from '../../src/config/environment.ts';
import { connectionOf } from '../../src/db/connection.ts';
import { withDatabaseName } from '../../src/utils/postgres-url.ts';

/** Runs `work` with a new empty database on the server of this environment. Drops the database afterwards. */
export async function withScratchDatabase<T>(
  environment: Environment,
  work: (url: string, name: string) => Promise<T>,
): Promise<T> {
  const name = `strata_scratch_${randomBytes(6).toString('hex')}`;
  const url = environment['DATABASE_URL'] ?? '';
  const client = new pg.Client(connectionOf(url));
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
    return await work(withDatabaseName(url, name), name);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  }
}
