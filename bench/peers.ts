import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peerNames, type ServerName } from './options.ts';
import { folder, root, run } from './processes.ts';

const source = join(root, 'bench/peers');
// The packages are installed outside the tracked folders, so that checks and copies of the clone do not include them.
const place = join(folder, 'peers');
const installedLock = join(place, 'installed-lock.json');

/** Builds the servers of bench/peers if they are compared. Installs their packages after a change of the lockfile. */
export async function buildPeers(servers: readonly ServerName[], log: (line: string) => void): Promise<void> {
  if (!peerNames.some((name) => servers.includes(name))) return;
  await rm(join(place, 'src'), { recursive: true, force: true });
  await cp(source, place, { recursive: true });
  const lock = await readFile(join(place, 'package-lock.json'), 'utf8');
  const known = await readFile(installedLock, 'utf8').catch(() => '');
  if (lock !== known) await install(lock, log);
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', place]);
}

async function install(lock: string, log: (line: string) => void): Promise<void> {
  log('Installing the packages of bench/peers in .data/bench/peers (npm ci) …');
  await rm(installedLock, { force: true });
  try {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: place });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The packages of bench/peers could not be installed. Without a connection to a registry, omit these servers: --servers express,fastify,limit.\n${reason}`,
      { cause: error },
    );
  }
  await writeFile(installedLock, lock);
}
