import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';
import { root } from './project.ts';

/**
 * A change of one file. `before` is the current text, or null if the file does not exist yet. The path is relative to
 * the root.
 */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  /** A short description of the change, for the output. */
  readonly what?: string;
}

/** Plans a change of an existing file with the function `edit`. Throws a `Failure` if the file does not exist. */
export async function editing(
  path: string,
  what: string,
  edit: (before: string) => string | Promise<string>,
): Promise<Change> {
  const before = await readFile(join(root, path), 'utf8').catch(() => {
    throw new Failure(
      `${path} does not exist, but has to be changed (${what}). Restore it and run the command again.`,
    );
  });
  return { path, before, after: await edit(before), what };
}

export const describeChanges = (changes: readonly Change[]): string =>
  changes
    .map(
      ({ path, before, what }) =>
        `  ${before === null ? 'new   ' : 'change'}  ${path}${what === undefined ? '' : ` (${what})`}\n`,
    )
    .join('');

async function removeEmptyFolders(folder: string): Promise<void> {
  const left = await readdir(folder).catch(() => ['']);
  if (left.length > 0) return;
  await rmdir(folder);
  await removeEmptyFolders(dirname(folder));
}

async function readFolder(folder: string): Promise<Map<string, string>> {
  const options = { recursive: true, withFileTypes: true } as const;
  const entries = await readdir(folder, options).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
}

async function restoreFolder(folder: string, before: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of await readFolder(folder)) {
    const original = before.get(file);
    if (original === undefined) {
      await rm(file);
      await removeEmptyFolders(dirname(file));
    } else if (original !== text) await writeFile(file, original);
  }
}

/**
 * Writes files and can undo all changes. Throws a `Failure` if another process has changed a file since it was read.
 */
export class FileTransaction {
  constructor(private readonly base = root) {}

  readonly #written: Change[] = [];
  readonly #snapshots = new Map<string, Map<string, string>>();

  /** Remembers the content of a folder to which other processes will write, so that it can be restored. */
  async snapshot(folder: string): Promise<void> {
    this.#snapshots.set(folder, await readFolder(join(this.base, folder)));
  }

  async write(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      const path = join(this.base, change.path);
      const now = existsSync(path) ? await readFile(path, 'utf8') : null;
      if (now !== change.before)
        throw new Failure(`${change.path} has changed in the meantime. Run the command again.`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, change.after, change.before === null ? { flag: 'wx' } : {});
      this.#written.push(change);
    }
  }

  /** Restores all written files and all remembered folders. */
  async rollBack(): Promise<void> {
    for (const [folder, before] of this.#snapshots) await restoreFolder(join(this.base, folder), before);
    for (const { path: name, before } of this.#written.splice(0).reverse()) {
      const path = join(this.base, name);
      if (before !== null) await writeFile(path, before);
      else {
        await rm(path, { force: true });
        await removeEmptyFolders(dirname(path));
      }
    }
  }
}
