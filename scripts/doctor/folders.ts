import { access, constants, mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from '../../src/config/environment.ts';
import { errorCode } from '../../dev/embedded/process.ts';
import { about, type Finding } from './finding.ts';

interface Place {
  readonly path: string;
  /** True if the folder must exist, because the service does not create it. */
  readonly mustExist?: boolean;
  readonly fix: string;
}

function wantedPlaces(env: Environment, root: string): Place[] {
  const temporary = { path: tmpdir(), mustExist: true, fix: 'make it writable, or set TMPDIR' };
  if (env['NODE_ENV'] === 'production') return [temporary];
  const hasDatabase = Boolean(env['DATABASE_URL'] || env['DATABASE_URL_FILE']);
  const fix = (setting: string) => `make it writable, or set ${setting}`;
  return [
    temporary,
    { path: root, fix: 'make the folder of the clone writable for this user' },
    { path: resolve(root, env['MAIL_KEPT_DIR'] || '.data/mail'), fix: fix('MAIL_KEPT_DIR') },
    ...(hasDatabase
      ? []
      : [{ path: resolve(root, env['EMBEDDED_DB_DIR'] || '.data/postgres'), fix: fix('EMBEDDED_DB_DIR') }]),
  ];
}

/** Checks that the folders used in development are writable. Creates and deletes a temporary folder in each of them. */
export async function checkFolders(env: Environment, root: string): Promise<readonly Finding[]> {
  const { ok, fail } = about('folders');
  const failures: Finding[] = [];
  for (const { path, mustExist = false, fix } of wantedPlaces(env, root)) {
    const failure = await tryToWrite(mustExist ? path : await nearestExisting(path));
    if (failure !== null) failures.push(fail(`${path} is not writable (${failure})`, fix));
  }
  return failures.length > 0 ? failures : [ok('all are writable')];
}

/** Returns the error code of a failed attempt, or null if the folder is writable. */
async function tryToWrite(place: string): Promise<string | null> {
  try {
    await rmdir(await mkdtemp(join(place, '.doctor-')));
    return null;
  } catch (error) {
    return String(errorCode(error) ?? error);
  }
}

/** Returns the folder, or its nearest existing parent. */
async function nearestExisting(path: string): Promise<string> {
  const isThere = await access(path, constants.F_OK).then(
    () => true,
    (error: unknown) => errorCode(error) !== 'ENOENT',
  );
  return isThere || path === dirname(path) ? path : nearestExisting(dirname(path));
}
