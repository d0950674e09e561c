import { createHash } from 'node:crypto';
import { chmod, lstat, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { chooseAccount } from '../../dev/embedded/account.ts';
import { findFolder, removeFiles } from '../../dev/embedded/folder.ts';
import { isAlive } from '../../dev/embedded/process.ts';
import { reapAtEnd } from '../../dev/embedded/reap.ts';
import { startEmbeddedServer } from '../../dev/embedded/server.ts';

/** A folder that is removed when this process ends. */
export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

// A part of the folder's name that identifies the machine. Containers may share a temporary folder, but a process id is
// valid on one machine only.
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const named = /^strata-[a-z]+-([0-9a-f]{8})-(\d+)-/;

/**
 * Creates a temporary folder, in the temporary directory unless `parent` names another. The folder is removed when this
 * process ends, even if the process is killed. Also removes the folders of processes that were killed earlier.
 */
export async function makeTemporaryFolder(purpose: string, parent = tmpdir()): Promise<TemporaryFolder> {
  const path = await makeFolder(parent, `strata-${purpose}-${machine}-${process.pid}-`);
  const release = reapAtEnd({ kind: 'folder', path });
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      release();
    },
  };
}

async function makeFolder(place: string, prefix: string): Promise<string> {
  try {
    const parent = await realpath(place);
    await removeAbandoned(parent);
    const path = await mkdtemp(join(parent, prefix));
    // Let other users pass through this folder, because PostgreSQL may run as another user.
    await chmod(path, 0o711);
    return path;
  } catch (cause) {
    throw new Error(`The temporary directory ${place} is not writable. Set TMPDIR to a writable folder.`, {
      cause,
    });
  }
}

/** Removes the folders of this user's processes that have ended. Stops the servers that still run in them. */
export async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, host, pid] = named.exec(name) ?? [];
    if (host !== machine || isAlive(Number(pid))) continue;
    const path = join(parent, name);
    const { uid } = await lstat(path).catch(() => ({ uid: -1 }));
    if (process.getuid !== undefined && uid !== process.getuid()) continue;
    for (const dir of await findServers(path)) await removeServer(dir);
    await rm(path, { recursive: true, force: true });
  }
}

async function findServers(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files.filter((file) => basename(file) === 'server.log').map((file) => join(folder, dirname(file)));
}

async function removeServer(dir: string): Promise<void> {
  const found = await findFolder(dir, await chooseAccount());
  if (found === null) return;
  const isUnclean = (await stat(join(found.data, 'postmaster.pid')).catch(() => null)) !== null;
  // Start the server again, because a killed server leaves shared memory behind, which only its next start frees.
  if (isUnclean) {
    const server = await startEmbeddedServer({ dir, settings: { fsync: 'off' } }).catch(() => null);
    await server?.stop();
  }
  await removeFiles(found);
}
