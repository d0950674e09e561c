import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DatabaseServer } from './postgres.ts';

/** A temporary, empty database. */
export interface ScratchDatabase {
  readonly name: string;
  drop(): Promise<void>;
}

export async function createScratchDatabase(server: DatabaseServer): Promise<ScratchDatabase> {
  const name = `strata_rig_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  return { name, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(server: DatabaseServer, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
