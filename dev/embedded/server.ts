import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Client, escapeIdentifier } from 'pg';
import { connectionOf } from '../../src/db/connection.ts';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import type { Claim } from './claim.ts';
import { openFolder, owner, removeFiles } from './folder.ts';
import { initialise, removeForgotten } from './init.ts';
import { errorCode } from './process.ts';
import { reapAtEnd } from './reap.ts';
import { type Installation, hasEnded, startOrJoin } from './start.ts';
import { stopIfLast } from './stop.ts';

/** A real PostgreSQL on a loopback port, for development and tests. */
export interface EmbeddedServer {
  /** The connection address of one of its databases. */
  url(database: string): string;
  port: number;
  dir: string;
  /** Ends the server, unless another process of this machine still uses it: then the last one out ends it. */
  stop(): Promise<void>;
  /** Ends the server and removes its folder. */
  remove(): Promise<void>;
  /** True when the server ran already. */
  joined: boolean;
}

interface Options {
  dir: string;
  log?: (line: string) => void;
  /** Removes the folder when the process that asked for it ends. */
  isTemporary?: boolean;
  /** Server settings, as `-c name=value`; a server that already runs keeps its own. */
  settings?: Record<string, string>;
}

/** Starts the server of this folder, making the folder on first use, or joins the one that runs there. */
export async function startEmbeddedServer({
  dir,
  log = () => {},
  isTemporary = false,
  settings = {},
}: Options): Promise<EmbeddedServer> {
  const account = await chooseAccount();
  const binaries = await findBinaries(account);
  const folder = await openFolder(dir, account);
  await removeForgotten(folder, binaries, account);
  await initialise(folder, binaries, account, { isDurable: settings['fsync'] !== 'off', log });

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

/** Creates the database when the server has none of that name. */
export async function ensureDatabase(server: EmbeddedServer, name: string): Promise<void> {
  const client = new Client(connectionOf(server.url('postgres')));
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  } catch (error) {
    // Two processes may find it missing at once: the second is told in one of these two ways.
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
