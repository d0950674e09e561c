import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Claim, PasswordRefused, claimServer } from './claim.ts';
import type { Folder } from './folder.ts';
import { endOrphans, findPostmaster, removeStaleLock, spawnOptions } from './process.ts';

const startDeadlineMs = 60_000;
const pollMs = 25;

/** The things that a server needs to run: programs, folder and account. */
export interface Installation {
  account: Account | null;
  binaries: Binaries;
  folder: Folder;
  settings: Record<string, string>;
}

/**
 * Returns a claim on the folder's server. Also returns the server process if this call has started it.
 * One loop handles every case: the server is running, starting, recovering, stopping or missing, or another process is
 * starting it.
 */
export async function startOrJoin(
  installation: Installation,
): Promise<{ child: ChildProcess | null; claim: Claim; pid: number }> {
  const { folder } = installation;
  const deadline = Date.now() + startDeadlineMs;
  let launched: { child: ChildProcess; logStart: number } | null = null;
  let lastError: unknown;
  while (Date.now() < deadline) {
    const postmaster = await findPostmaster(folder.data);
    if (postmaster?.port) {
      try {
        const claim = await claimServer(folder, postmaster.port);
        const child = launched?.child.pid === postmaster.pid ? launched.child : null;
        return { child, claim, pid: postmaster.pid };
      } catch (error) {
        if (error instanceof PasswordRefused) throw error;
        lastError = error;
      }
    } else if (launched && hasEnded(launched.child)) {
      await recoverFrom(await readLog(folder, launched.logStart), folder);
      launched = null;
    } else if (!launched && !postmaster) {
      launched = await launch(installation);
    }
    await sleep(pollMs);
  }
  throw new Error(
    `PostgreSQL in ${folder.dir} did not answer within ${startDeadlineMs / 1000} s. Its log ends:\n${await readLog(folder, 0)}`,
    { cause: lastError },
  );
}

async function launch({ account, binaries, folder, settings }: Installation) {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(await findFreePort()),
    unix_socket_directories: '',
    ...settings,
  };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(folder.logFile, 'a', 0o600);
  await chmod(folder.logFile, 0o600);
  const logStart = (await log.stat()).size;
  const child = spawn(binaries.postgres, ['-D', folder.data, ...options], {
    ...spawnOptions(account),
    stdio: ['ignore', log.fd, log.fd],
  });
  try {
    await once(child, 'spawn');
  } finally {
    await log.close();
  }
  return { child, logStart };
}

async function recoverFrom(log: string, folder: Folder): Promise<void> {
  const isPortTaken = log.includes('could not bind');
  const isLocked = log.includes('lock file "postmaster.pid" already exists');
  const areOrphansLeft = log.includes('is still in use');
  if (isLocked) await removeStaleLock(folder.data);
  if (areOrphansLeft) await endOrphans(folder.data);
  if (isPortTaken || isLocked || areOrphansLeft) return;
  throw new Error(`PostgreSQL in ${folder.dir} did not start. Its log (${folder.logFile}) ends:\n${log}`);
}

/** Returns whether the process has exited. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Returns the last lines of the server's log after this byte. */
export async function readLog({ logFile }: Folder, from: number): Promise<string> {
  const log = await readFile(logFile).catch(() => Buffer.alloc(0));
  return log.subarray(from).toString().trimEnd().split('\n').slice(-15).join('\n');
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free loopback port was found.');
  return address.port;
}
