import { randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, readFile, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Account, digest } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Folder, owner } from './folder.ts';
import { findPostmaster, isAlive, run } from './process.ts';

const inProgress = new Set<string>();

/**
 * Creates the database files unless they exist. If this function is interrupted, no partial files remain in their
 * place.
 */
export async function initialize(
  { data, password }: Folder,
  binaries: Binaries,
  account: Account | null,
  options: { isDurable: boolean; log: (line: string) => void },
): Promise<void> {
  await removeLeftovers(dirname(data));
  if (await hasDatabase(data, binaries.major)) return;
  await moveAside(data, options.log);
  options.log('Creating the database; this takes a few seconds.');
  if (account)
    options.log(`PostgreSQL does not run as root: it runs as "${account.name}", with its data in ${data}.`);

  const work = join(dirname(data), `init-${process.pid}-${randomBytes(6).toString('hex')}`);
  inProgress.add(basename(work));
  await mkdir(work, { mode: 0o700 });
  await writeFile(join(work, 'password'), password, { mode: 0o600 });
  if (account) {
    await chown(join(work, 'password'), account.uid, account.gid);
    await chown(work, account.uid, account.gid);
  }
  const made = await run(
    binaries.initdb,
    [
      `--pgdata=${join(work, 'data')}`,
      `--username=${owner}`,
      `--pwfile=${join(work, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(options.isDurable ? [] : ['--no-sync']),
    ],
    account,
  );
  if (!made.isDone) throw new Error(`PostgreSQL could not create its files in ${data}:\n${made.output}`);
  await rename(join(work, 'data'), data).catch(async (error: unknown) => {
    // Ignore the error if the files exist now, because another process may have created them at the same time.
    if (!(await hasDatabase(data, binaries.major))) throw error;
  });
  await rm(work, { recursive: true, force: true });
  inProgress.delete(basename(work));
}

/**
 * Stops the server and removes the data of folders that were deleted. Such data may still be below /var/lib, and its
 * server may still run.
 */
export async function removeAbandonedData(
  { dir, data }: Folder,
  binaries: Binaries,
  account: Account | null,
) {
  const place = dirname(data);
  if (!account || place === dir) return;
  for (const name of await readdir(dirname(place))) {
    const forgotten = join(dirname(place), name);
    if (!name.startsWith(`${digest(dir)}-`) || forgotten === place) continue;
    const old = join(forgotten, 'data');
    if (await findPostmaster(old))
      await run(binaries.pgCtl, ['stop', '-D', old, '-m', 'immediate', '-w'], account);
    await rm(forgotten, { recursive: true, force: true });
  }
}

async function hasDatabase(data: string, major: string): Promise<boolean> {
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const isWhole = version !== '' && (await stat(join(data, 'global/pg_control')).catch(() => null)) !== null;
  if (isWhole && version !== major) {
    throw new Error(
      `${data} was created by PostgreSQL ${version}; the installed version is ${major}. ` +
        'Remove the folder to start over, or dump the data with the old version first.',
    );
  }
  return isWhole;
}

async function moveAside(data: string, log: (line: string) => void): Promise<void> {
  if (!(await lstat(data).catch(() => null))) return;
  const isEmpty = await rmdir(data).then(
    () => true,
    () => false,
  );
  if (isEmpty) return;
  const aside = `${data}-incomplete-${Date.now()}`;
  await rename(data, aside);
  log(
    `${data} contained an incomplete database; it was renamed to ${basename(aside)}, and a new one is created.`,
  );
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(/^init-(\d+)-/.exec(name)?.[1]);
    // If the process id is this process's own, compare the names. In a container, an interrupted process may have had
    // the same id.
    const isLeftover = pid === process.pid ? !inProgress.has(name) : pid > 0 && !isAlive(pid);
    if (isLeftover) await rm(join(parent, name), { recursive: true, force: true });
  }
}
