import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Client, escapeIdentifier } from 'pg';
import { connectionOf } from '../../src/db/connection.ts';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import type { Claim } from './claim.ts';
import { openFolder, owner, removeFiles } from './folder.ts';
import { initialize, removeAbandonedData } from './init.ts';
import { errorCode } from './process.ts';
import { reapAtEnd } from './reap.ts';
import { type Installation, hasEnded, startOrJoin } from './start.ts';
import { stopIfLast } from './stop.ts';

/** A PostgreSQL server on a loopback port, for development and tests. */
export interface EmbeddedServer {
  /** Returns the URL of a database. */
  url(database: string): string;
  port: number;
  dir: string;
  /** Stops the server if no other process uses it. Otherwise, the last of these processes stops it. */
  stop(): Promise<void>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
  /** True if another process had already started the server. */
  joined: boolean;
}

interface Options {
  dir: string;
  log?: (line: string) => void;
  /** Removes the folder when the current process ends. */
  isTemporary?: boolean;
  /** Server settings, passed as `-c name=value`. If the server already runs, its settings do not change. */
  settings?: Record<string, string>;
}

/** Starts the server of this folder, or joins it if it already runs. Creates the folder on first use. */
export async function startEmbeddedServer({
  dir,
  log = () => {},
  isTemporary = false,
  settings = {},
}: Options): Promise<EmbeddedServer> {
  const account = await chooseAccount();
  const binaries = await findBinaries(account);
  const folder = await openFolder(dir, account);
  await removeAbandonedData(folder, binaries, account);
  await initialize(folder, binaries, account, { isDurable: settings['fsync'] !== 'off', log });

  const installation = { account, binaries, folder, settings };
  const leftover = { kind: 'server', folder, isTemporary } as const;
  const releaseStarting = reapAtEnd({ ...leftover, pid: null });
  const { child, claim, pid } = await startOrJoin(installation);
  child?.unref();
  const release = reapAtEnd({ ...leftover, pid });
  let stopping: Promise<void> | undefined;
  return {
    url: (database) =>
      `postgres://${owner}:${folder.password}@127.0.0.1:${claim.port}/${encodeURIComponent(database)}`,
    port: claim.port,
    dir: folder.dir,
    joined: child === null,
    remove: async () => {
      await (stopping ??= stop(installation, claim, child, [releaseStarting, release]));
      await removeFiles(folder);
    },
    stop: () => (stopping ??= stop(installation, claim, child, [releaseStarting, release])),
  };
}

/** Creates the database if it does not exist. */
export async function ensureDatabase(server: EmbeddedServer, name: string): Promise<void> {
  const client = new Client(connectionOf(server.url('postgres')));
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  } catch (error) {
    // If two processes create the database at the same time, the second gets one of these two errors.
    const isThere = errorCode(error) === '42P04' || errorCode(error) === '23505';
    if (!isThere) throw error;
  } finally {
    await client.end();
  }
}

async function stop(
  installation: Installation,
  claim: Claim,
  child: ChildProcess | null,
  keep: readonly (() => void)[],
): Promise<void> {
  const isStopped = await stopIfLast(installation, claim);
  if (isStopped && child !== null && !hasEnded(child)) {
    child.ref();
    await once(child, 'exit');
  }
  for (const release of keep) release();
}
