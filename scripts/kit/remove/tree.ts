import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const foreign = new Set(['node_modules', '.git', '.data', 'dist', 'coverage']);

/** Whether a file holds the settings and secrets of one machine, which git ignores too. */
const isPrivate = (name: string): boolean => /^\.env(?:\.|$)/.test(name) && name !== '.env.example';

/**
 * The files of a clone, with changes that are only planned: nothing is written before `commit`. Paths are relative to the
 * root, with `/`.
 */
export class Tree {
  readonly #paths: Set<string>;
  readonly #changes = new Map<string, string | null>();
  readonly #held = new Set<string>();

  constructor(readonly root: string) {
    this.#paths = new Set(listFiles(root).map((path) => relative(root, path).split(sep).join('/')));
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** The files below a folder, or the one file at this path; sorted. */
  list(place = ''): string[] {
    return [...this.#paths]
      .filter((path) => place === '' || path === place || path.startsWith(`${place}/`))
      .sort();
  }

  /** Throws where there is no such file. */
  read(path: string): string {
    const changed = this.#changes.get(path);
    if (typeof changed === 'string') return changed;
    if (!this.has(path)) throw new Error(`There is no ${path}.`);
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    if (this.has(path) && this.read(path) === text) return;
    this.#paths.add(path);
    // Back to what it was, after one change and another, is no change.
    const file = join(this.root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) this.#changes.delete(path);
    else this.#changes.set(path, text);
  }

  /** Changes a file that is there; one that is not stays away. */
  edit(path: string, change: (text: string) => string): void {
    if (this.has(path)) this.write(path, change(this.read(path)));
  }

  delete(path: string): void {
    if (this.#paths.delete(path)) this.#changes.set(path, null);
  }

  /** Path → its new text, or null where the file goes. */
  get changes(): ReadonlyMap<string, string | null> {
    return this.#changes;
  }

  /** Has a file that something else is about to change put back with the others. */
  hold(path: string): void {
    this.#held.add(path);
  }

  /** Writes all that is planned; gives what puts everything back as it was. */
  commit(): () => void {
    const before = new Map(
      [...this.#held, ...this.#changes.keys()].map((path) => {
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

  // git keeps no empty folders, and what looks for modules would take one for a module.
  #removeEmpty(folder: string): void {
    if (folder === this.root || !existsSync(folder) || readdirSync(folder).length > 0) return;
    rmdirSync(folder);
    this.#removeEmpty(dirname(folder));
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (foreign.has(entry.name) || isPrivate(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}
