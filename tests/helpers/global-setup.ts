import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { onceNpmGone } from '../../dev/watch-parent.ts';
import { makeTemporaryFolder } from '../../scripts/lib/temporary-folder.ts';
import { startEmbeddedServer } from '../../dev/embedded/server.ts';
import { openTestRun } from './test-run.ts';
import { createTemplate } from './template.ts';

// A file system in memory. It exists only on Linux, and in a container it is often too small.
const memoryFolder = '/dev/shm';
const neededBytes = 1024 ** 3;

/**
 * Uses the server of TEST_DATABASE_URL, or starts one. Creates the migrated template that every test database is a copy
 * of.
 */
export default async function globalSetup(): Promise<void> {
  // Exit when npm has ended, because the children of a killed npm go on.
  if (process.env['npm_lifecycle_event'] !== undefined) onceNpmGone(() => process.exit(1));
  const folder = await makeTemporaryFolder('test');
  // Tests create their temporary folders in this folder, so removing it removes them too.
  process.env['STRATA_TEST_TMPDIR'] = join(folder.path, 'tmp');
  await mkdir(join(folder.path, 'tmp'), { mode: 0o711 });
  const given = process.env['TEST_DATABASE_URL'] ?? '';
  // Do not wait for the disk, because test data need not survive a power failure.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    max_wal_size: '256MB',
  };
  const isInMemory = given === '' && (await hasMemoryFolder());
  const store = isInMemory ? await makeTemporaryFolder('test', memoryFolder) : folder;
  const dir = join(store.path, 'postgres');
  const server = given === '' ? await startEmbeddedServer({ dir, settings, isTemporary: true }) : null;
  process.env['STRATA_TEST_SERVER_URL'] = server?.url('postgres') ?? given;
  const run = await openTestRun();
  globalThis.strataTestRun = {
    close: async () => {
      await run.close();
      await server?.remove();
      await store.remove();
      await folder.remove();
    },
  };
  process.env['STRATA_TEST_TEMPLATE'] = await createTemplate();
  // Copy the template as files, which halves the CPU time. Only on a server of this run: each copy needs a checkpoint,
  // which is slow on a server that waits for the disk.
  if (server !== null) process.env['STRATA_TEST_COPY'] = 'STRATEGY file_copy';
}

/**
 * Returns whether the memory file system has room for the databases. Returns false if TMPDIR is set, because the
 * developer has chosen a folder.
 */
async function hasMemoryFolder(): Promise<boolean> {
  if (process.env['TMPDIR'] !== undefined) return false;
  try {
    await access(memoryFolder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(memoryFolder);
    return bavail * bsize >= neededBytes;
  } catch {
    return false;
  }
}
