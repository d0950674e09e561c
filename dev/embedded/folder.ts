import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  link,
  lstat,
  mkdir,
  readFile,
  realpath,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Account, digest, inRootStore, makeInRootStore, mayEnter } from './account.ts';
import { errorCode } from './process.ts';

/** The only role (user) of an embedded server. */
export const owner = 'strata';

/** Paths and password of one embedded server. */
export interface Folder {
  /** The requested folder. */
  dir: string;
  data: string;
  logFile: string;
  password: string;
}

/** Creates the folder, or opens the folder that an earlier start created. */
export async function openFolder(requested: string, account: Account | null): Promise<Folder> {
  const advice = 'make it writable, or set EMBEDDED_DB_DIR to a folder that is';
  await mkdir(resolve(requested), { recursive: true }).catch(notWritable(requested, advice));
  const dir = await realpath(requested);
  await assertOwned(dir);
  // Let other users pass through this folder to the data, because PostgreSQL may run as another user. The other files
  // in the folder stay private.
  await chmod(dir, account ? 0o711 : 0o700).catch(notWritable(requested, advice));
  await access(dir, constants.W_OK).catch(notWritable(requested, advice));
  const hasDataInPlace = (await stat(join(dir, 'data/PG_VERSION')).catch(() => null)) !== null;
  const password = await loadPassword(join(dir, 'password'), hasDataInPlace);
  const isReachable = !account || (await mayEnter(account, dir));
  const parent = isReachable ? dir : await makeInRootStore(storeName(dir, password));
  return { dir, data: join(parent, 'data'), logFile: join(dir, 'server.log'), password };
}

/** Opens the folder that an earlier start created. Returns null if there is none. Changes nothing. */
export async function findFolder(requested: string, account: Account | null): Promise<Folder | null> {
  const dir = await realpath(requested).catch(() => null);
  if (dir === null) return null;
  const password = await readFile(join(dir, 'password'), 'utf8').catch(() => '');
  if (password === '') return null;
  const parent = !account || (await mayEnter(account, dir)) ? dir : inRootStore(storeName(dir, password));
  return { dir, data: join(parent, 'data'), logFile: join(dir, 'server.log'), password };
}

/** Removes the folder. Also removes its data if the data is stored elsewhere. */
export async function removeFiles({ dir, data }: Folder): Promise<void> {
  for (const path of [dir, dirname(data)]) await rm(path, { recursive: true, force: true });
}

// Returns a name that contains a hash of the password. If the requested folder is deleted, its password file is gone,
// and the new password leads to a new name and an empty database.
const storeName = (dir: string, password: string): string => `${digest(dir)}-${digest(password)}`;

/** Returns an error handler for a path that cannot be written. The error that it throws says what to do. */
export const notWritable =
  (path: string, advice: string) =>
  (cause: unknown): never => {
    throw new Error(`${path} cannot be written (${String(errorCode(cause) ?? cause)}): ${advice}.`, {
      cause,
    });
  };

/** Creates a private file with this content in one step. If the file exists, returns false and changes nothing. */
export async function createFileOnce(file: string, content: string): Promise<boolean> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, content, { mode: 0o600 });
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(aside);
  }
}

async function assertOwned(dir: string): Promise<void> {
  const { uid } = await lstat(dir);
  if (process.getuid === undefined || uid === process.getuid()) return;
  throw new Error(
    `${dir} belongs to another user. Remove it, or set EMBEDDED_DB_DIR to a folder of your own.`,
  );
}

async function loadPassword(file: string, hasData: boolean): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return known;
  if (hasData) {
    throw new Error(
      `${file} is missing, and the data beside it requires it. Remove ${dirname(file)} to start over.`,
    );
  }
  await createFileOnce(file, randomBytes(24).toString('base64url'));
  return readFile(file, 'utf8');
}
