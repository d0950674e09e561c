import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const ignoredFolders = new Set(['node_modules', '.git', '.data', 'dist', 'coverage']);

/** Returns whether a file contains local settings or secrets, which git ignores too. */
const isPrivate = (name: string): boolean => /^\.env(?:\.|$)/.test(name) && name !== '.env.example';

/**
 * The files of a clone, with planned changes. Nothing is written before `commit`. Paths are relative to the root and
 * contain `/` on every system.
 */
export class Tree {
  readonly #paths: Set<string>;
  readonly #changes = new Map<string, string | null>();
  readonly #alsoRestored = new Set<string>();

  constructor(readonly root: string) {
    this.#paths = new Set(listFiles(root).map((path) => relative(root, path).split(sep).join('/')));
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Returns the sorted paths of the files in a folder. For the path of a file, returns that file. */
  list(place = ''): string[] {
    return [...this.#paths]
      .filter((path) => place === '' || path === place || path.startsWith(`${place}/`))
      .sort();
  }

  /** Returns the text of a file. Throws if it does not exist. */
  read(path: string): string {
    const changed = this.#changes.get(path);
    if (typeof changed === 'string') return changed;
    if (!this.has(path)) throw new Error(`${path} does not exist.`);
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    if (this.has(path) && this.read(path) === text) return;
    this.#paths.add(path);
    // Drop the change if the file has its original text again.
    const file = join(this.root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) this.#changes.delete(path);
    else this.#changes.set(path, text);
  }

  /** Edits a file if it exists. */
  edit(path: string, change: (text: string) => string): void {
    if (this.has(path)) this.write(path, change(this.read(path)));
  }

  delete(path: string): void {
    if (this.#paths.delete(path)) this.#changes.set(path, null);
  }

  /** The planned changes. Maps a path to the new text, or to null for a deleted file. */
  get changes(): ReadonlyMap<string, string | null> {
    return this.#changes;
  }

  /** Restores this file too if the changes are undone. Call this method for a file that another program will change. */
  includeInRestore(path: string): void {
    this.#alsoRestored.add(path);
  }

  /** Writes the planned changes. Returns a function that restores the files as they were before. */
  commit(): () => void {
    const before = new Map(
      [...this.#alsoRestored, ...this.#changes.keys()].map((path) => {
        const full = join(this.root, path);
        return [path, existsSync(full) ? readFileSync(full) : null] as const;
      }),
    );
    const restore = () => {
      for (const [path, content] of before) this.#put(path, content);
    };
    try {
      for (const [path, text] of this.#changes) this.#put(path, text);
    } catch (error) {
      restore();
      throw error;
    }
    return restore;
  }

  #put(path: string, content: string | Buffer | null): void {
    const full = join(this.root, path);
    if (content !== null) {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
      return;
    }
    rmSync(full, { force: true });
    this.#removeEmpty(dirname(full));
  }

  // Removes empty folders. Git does not store them, and an empty folder would look like a module.
  #removeEmpty(folder: string): void {
    if (folder === this.root || !existsSync(folder) || readdirSync(folder).length > 0) return;
    rmdirSync(folder);
    this.#removeEmpty(dirname(folder));
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignoredFolders.has(entry.name) || isPrivate(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}
