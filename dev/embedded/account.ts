import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

// A folder in /var/lib, to which only root can write. Another local user therefore cannot create a file in advance
// under a name that is used here.
const rootStore = '/var/lib/strata-embedded';

/** An existing unprivileged account of this machine. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Returns the account that runs PostgreSQL, or null for the current user. For root, returns an unprivileged account,
 * because PostgreSQL refuses to run as root.
 */
export async function chooseAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = lines.find(([found]) => found === wanted) ?? [];
    if (name && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a "postgres" nor a "nobody" account to run it under. ' +
      'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL 15+ server.',
  );
}

/** Returns whether the account can read this file and enter all folders above it. */
export async function mayRead(account: Account, file: string): Promise<boolean> {
  return (await allows(account, file, 4)) && mayEnter(account, dirname(file));
}

/** Returns whether the account can enter this folder and all folders above it. */
export async function mayEnter(account: Account, folder: string): Promise<boolean> {
  if (!(await allows(account, folder, 1))) return false;
  return folder === dirname(folder) || mayEnter(account, dirname(folder));
}

/** Returns the path of a folder below /var/lib that root uses for embedded servers. The folder may not exist. */
export const inRootStore = (name: string): string => `${rootStore}/${name}`;

/** Creates a folder below /var/lib that root uses for embedded servers. Returns its path. */
export async function makeInRootStore(name: string): Promise<string> {
  for (const folder of [rootStore, inRootStore(name)]) {
    await mkdir(folder, { recursive: true });
    const { uid, mode } = await lstat(folder);
    if (uid !== 0 || mode & 0o022) {
      throw new Error(`${folder} is writable by users other than root. Remove it and start again.`);
    }
    await chmod(folder, 0o755);
  }
  return inRootStore(name);
}

/** Returns a short hash of a text, for use in file names. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

async function allows(account: Account, path: string, permission: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & permission) !== 0;
}
