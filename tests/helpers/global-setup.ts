import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from '../../src/db/embedded/server.ts';
import { createTemplate } from './template.ts';

/** Takes the server that TEST_DATABASE_URL names, or starts one, and makes the migrated template of every test's database. */
export default async function globalSetup(): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    process.env['STRATA_TEST_SERVER_URL'] = given;
  } else {
    const dir = await mkdtemp(join(tmpdir(), 'strata-test-'));
    // Nothing here has to survive a power cut, and the tests need not wait for the disk.
    const settings = {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    };
    const server = await startEmbeddedServer({ dir, settings });
    process.env['STRATA_TEST_SERVER_URL'] = server.url('postgres');
    globalThis.strataTestServer = { stop: () => server.stop(), dir };
  }
  process.env['STRATA_TEST_TEMPLATE'] = await createTemplate();
}
