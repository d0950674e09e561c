import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedServer, type EmbeddedServer } from '../../../dev/embedded/server.ts';
import { findFreePort } from './ports.ts';

/** A PostgreSQL server. */
export interface DatabaseServer {
  readonly port: number;
  readonly version: string;
  /** Stops the server and starts it again. Undefined if the test uses a server that it has not started. */
  readonly restart?: (how: 'gracefully' | 'by SIGKILL') => Promise<void>;
  /**
   * Returns the URL of a database. `port` replaces the port of the server, so that connections can pass through a
   * proxy.
   */
  url(database: string, port?: number): string;
  stop(): Promise<void>;
}

// Turn fsync off, because data only has to survive killed processes, not a power failure.
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '120' };

/** Uses the given server, or starts one in this folder. */
export async function openDatabaseServer(dir: string, given: string | undefined): Promise<DatabaseServer> {
  return given === undefined || given === '' ? startOwn(dir) : takeGiven(given);
}

async function takeGiven(given: string): Promise<DatabaseServer> {
  const url = new URL(given);
  const port = Number(url.port || 5432);
  const urlOf = urlMaker(url);
  return { port, version: await versionOf(urlOf('postgres', port)), url: urlOf, stop: async () => undefined };
}

async function startOwn(dir: string): Promise<DatabaseServer> {
  const port = await findFreePort();
  const options = { dir, isTemporary: true, settings: { ...settings, port: String(port) } };
  let server: EmbeddedServer = await startEmbeddedServer(options);
  const urlOf = urlMaker(new URL(server.url('postgres')));
  const client = await connect(urlOf('postgres', port));
  const { rows } = await client.query<{ folder: string }>(
    `SELECT current_setting('data_directory') AS folder`,
  );
  await client.end();
  const folder = rows[0]?.folder ?? '';
  return {
    port,
    version: await versionOf(urlOf('postgres', port)),
    url: urlOf,
    restart: async (how) => {
      if (how === 'gracefully') await server.stop();
      else await killPostmaster(folder);
      server = await startEmbeddedServer(options);
    },
    stop: async () => {
      await server.remove();
    },
  };
}

const urlMaker =
  (server: URL): DatabaseServer['url'] =>
  (database, port = Number(server.port || 5432)) => {
    const url = new URL(server);
    url.pathname = `/${database}`;
    url.port = String(port);
    return url.href;
  };

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function versionOf(url: string): Promise<string> {
  const client = await connect(url);
  const { rows } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  await client.end();
  return rows[0]?.version ?? 'unknown';
}

async function killPostmaster(folder: string): Promise<void> {
  const pid = Number((await readFile(`${folder}/postmaster.pid`, 'utf8')).split('\n')[0]);
  if (!(pid > 1)) throw new Error(`There is no server in ${folder}.`);
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
