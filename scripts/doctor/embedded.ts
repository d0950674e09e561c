import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../../src/config/environment.ts';
import { findBinaries } from '../../dev/embedded/binaries.ts';
import { about, firstLine, type Finding } from './finding.ts';

/** Checks that the embedded PostgreSQL is installed for this platform and runs. */
export async function checkEmbedded(env: Environment): Promise<readonly Finding[]> {
  const { ok, warn, fail } = about('embedded');
  if (env['NODE_ENV'] === 'production') return [];
  const isNeeded = !env['DATABASE_URL'] && !env['DATABASE_URL_FILE'];
  try {
    // Check the installed programs in place. `null` means the current user. Root would copy the programs for another
    // account.
    const { postgres } = await findBinaries(null);
    const { stdout } = await promisify(execFile)(postgres, ['--version'], { timeout: 10_000 });
    return [ok(`${stdout.trim()} is installed for ${process.platform}-${process.arch}`)];
  } catch (error) {
    const level = isNeeded ? fail : warn;
    return [
      level(firstLine(error), 'run npm ci, or set DATABASE_URL and TEST_DATABASE_URL to your own server'),
    ];
  }
}
