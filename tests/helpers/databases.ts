import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectionOf } from '../../src/db/connection.ts';
import { withDatabaseName } from '../../src/utils/postgres-url.ts';

const serverUrl = (): string => {
  const url = process.env['STRATA_TEST_SERVER_URL'];
  if (url === undefined) throw new Error('There is no test server: run the tests with `npm test`.');
  return url;
};

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(connectionOf(serverUrl()));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const urlOf = (name: string): string => withDatabaseName(serverUrl(), name);

/** Returns a database name that no other test uses, marked as belonging to this run. */
export const databaseName = (purpose: string): string =>
  `strata_r${process.env['STRATA_TEST_RUN'] ?? ''}_${purpose}_${randomBytes(6).toString('hex')}`;

/** Creates an empty database. Returns its URL. */
export async function createEmptyDatabase(name: string): Promise<string> {
  await onServer(`CREATE DATABASE ${name}`);
  return urlOf(name);
}

/** Creates a fully migrated database by copying the template. Returns its URL. */
export async function createTestDatabase(name: string): Promise<string> {
  const { STRATA_TEST_TEMPLATE: template = '', STRATA_TEST_COPY: strategy = '' } = process.env;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} ${strategy}`);
  return urlOf(name);
}

export const dropDatabase = (name: string): Promise<void> =>
  onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
