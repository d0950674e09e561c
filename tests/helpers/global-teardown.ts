import { rm } from 'node:fs/promises';
import { dropDatabase } from './databases.ts';

export default async function globalTeardown(): Promise<void> {
  const template = process.env['STRATA_TEST_TEMPLATE'];
  if (template !== undefined) await dropDatabase(template);
  const server = globalThis.strataTestServer;
  if (server === undefined) return;
  await server.stop();
  await rm(server.dir, { recursive: true, force: true });
}
