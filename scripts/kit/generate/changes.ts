import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';
import { root } from './project.ts';

/** One file as it will be; `before` is what stands there now, and null for a new one. Paths are those below the root. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  /** What an edit does, in a few words. */
  readonly what?: string;
}

/** A file that there is, as it would be after `edit`. */
export async function editing(
  path: string,
  what: string,
  edit: (before: string) => string | Promise<string>,
): Promise<Change> {
  const before = await readFile(join(root, path), 'utf8').catch(() => {
    throw new Failure(`${path} is not there, and would have to be changed (${what}).`);
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

/** Writes all of these, or nothing: a file that appeared or changed meanwhile is a `Failure`. */
export class Writing {
  constructor(private readonly base = root) {}

  readonly #done: Change[] = [];
  readonly #guarded = new Map<string, Map<string, string>>();

  /** Remembers a folder as it is now, for what others are about to write into it. */
  async guard(folder: string): Promise<void> {
    this.#guarded.set(folder, await readFolder(join(this.base, folder)));
  }

  async write(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      const path = join(this.base, change.path);
      const now = existsSync(path) ? await readFile(path, 'utf8') : null;
      if (now !== change.before)
        throw new Failure(`${change.path} has changed while it was worked on: run the command again.`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, change.after, change.before === null ? { flag: 'wx' } : {});
      this.#done.push(change);
    }
  }

  /** Puts everything back as it was before. */
  async takeBack(): Promise<void> {
    for (const [folder, before] of this.#guarded) await restoreFolder(join(this.base, folder), before);
    for (const { path: name, before } of this.#done.splice(0).reverse()) {
      const path = join(this.base, name);
      if (before !== null) await writeFile(path, before);
      else {
        await rm(path, { force: true });
        await removeEmptyFolders(dirname(path));
      }
    }
  }
}
