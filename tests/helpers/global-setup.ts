import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onceNpmGone } from '../../dev/watch-parent.ts';
import { makeTemporaryFolder } from '../../scripts/lib/temporary-folder.ts';
import { startEmbeddedServer } from '../../dev/embedded/server.ts';
import { openTestRun } from './test-run.ts';
import { createTemplate } from './template.ts';

/** Uses the server of TEST_DATABASE_URL, or starts one, and creates the migrated template that test databases are copied from. */
export default async function globalSetup(): Promise<void> {
  // A killed npm leaves its child processes running; exit with it.
  if (process.env['npm_lifecycle_event'] !== undefined) onceNpmGone(() => process.exit(1));
  const folder = await makeTemporaryFolder('test');
  // Tests create their temporary folders here; they are removed with this folder.
  process.env['STRATA_TEST_TMPDIR'] = join(folder.path, 'tmp');
  await mkdir(join(folder.path, 'tmp'), { mode: 0o711 });
  const given = process.env['TEST_DATABASE_URL'] ?? '';
  // Test data need not survive a power failure, so PostgreSQL need not wait for the disk.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  };
  const dir = join(folder.path, 'postgres');
  const server = given === '' ? await startEmbeddedServer({ dir, settings, isTemporary: true }) : null;
  process.env['STRATA_TEST_SERVER_URL'] = server?.url('postgres') ?? given;
  const run = await openTestRun();
  globalThis.strataTestRun = {
    close: async () => {
      await run.close();
      await server?.remove();
      await folder.remove();
    },
  };
  process.env['STRATA_TEST_TEMPLATE'] = await createTemplate();
}
