import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../../src/config/environment.ts';
import { findBinaries } from '../../dev/embedded/binaries.ts';
import { about, firstLine, type Finding } from './finding.ts';

/** Whether the PostgreSQL that comes with the clone is there for this platform, and runs here. */
export async function judgeEmbedded(env: Environment): Promise<readonly Finding[]> {
  const { ok, warn, fail } = about('embedded');
  if (env['NODE_ENV'] === 'production') return [];
  const isNeeded = !env['DATABASE_URL'] && !env['DATABASE_URL_FILE'];
  try {
    // For ourselves: where root needs a copy for another account, the first start makes it.
    const { postgres } = await findBinaries(null);
    const { stdout } = await promisify(execFile)(postgres, ['--version'], { timeout: 10_000 });
    return [ok(`${stdout.trim()} is here for ${process.platform}-${process.arch}`)];
  } catch (error) {
    const say = isNeeded ? fail : warn;
    return [say(firstLine(error), 'npm ci, or DATABASE_URL and TEST_DATABASE_URL of a server of your own')];
  }
}
