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

/** The only role of an embedded server. */
export const owner = 'strata';

/** Paths and password of one embedded server. */
export interface Folder {
  /** The requested folder. */
  dir: string;
  data: string;
  logFile: string;
  password: string;
}

/** Creates the folder, or opens it as an earlier start left it. */
export async function openFolder(requested: string, account: Account | null): Promise<Folder> {
  const advice = 'make it writable, or set EMBEDDED_DB_DIR to a folder that is';
  await mkdir(resolve(requested), { recursive: true }).catch(notWritable(requested, advice));
  const dir = await realpath(requested);
  await assertOwned(dir);
  // If PostgreSQL runs as another user, that user must traverse this folder to reach the data. The other files stay private.
  await chmod(dir, account ? 0o711 : 0o700).catch(notWritable(requested, advice));
  await access(dir, constants.W_OK).catch(notWritable(requested, advice));
  const hasDataInPlace = (await stat(join(dir, 'data/PG_VERSION')).catch(() => null)) !== null;
  const password = await loadPassword(join(dir, 'password'), hasDataInPlace);
  const isReachable = !account || (await mayEnter(account, dir));
  const parent = isReachable ? dir : await makeInRootStore(storeName(dir, password));
  return { dir, data: join(parent, 'data'), logFile: join(dir, 'server.log'), password };
}

/** Returns the folder as an earlier start left it, or null if there is none. Changes nothing. */
export async function findFolder(requested: string, account: Account | null): Promise<Folder | null> {
  const dir = await realpath(requested).catch(() => null);
  if (dir === null) return null;
  const password = await readFile(join(dir, 'password'), 'utf8').catch(() => '');
  if (password === '') return null;
  const parent = !account || (await mayEnter(account, dir)) ? dir : inRootStore(storeName(dir, password));
  return { dir, data: join(parent, 'data'), logFile: join(dir, 'server.log'), password };
}

/** Removes the folder, and its data if that is stored elsewhere. */
export async function removeFiles({ dir, data }: Folder): Promise<void> {
  for (const path of [dir, dirname(data)]) await rm(path, { recursive: true, force: true });
}

// The password file is in the requested folder. If that folder is deleted, a new password leads to a new name, and so to
// an empty database.
const storeName = (dir: string, password: string): string => `${digest(dir)}-${digest(password)}`;

/** Returns a handler that throws an actionable error for a path that cannot be written. */
export const notWritable =
  (path: string, advice: string) =>
  (cause: unknown): never => {
    throw new Error(`${path} cannot be written (${String(errorCode(cause) ?? cause)}): ${advice}.`, {
      cause,
    });
  };

/** Creates a private file atomically. Returns false and changes nothing if it exists. */
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
