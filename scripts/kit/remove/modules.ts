import { posix } from 'node:path';
import ts from 'typescript';
import { Refusal } from './refusal.ts';
import type { Tree } from './tree.ts';

/** The content of `removal.json`, which a module may have. */
interface RemovalNote {
  /** The reason why the module cannot be removed. */
  readonly kept?: string;
  /** Other names of the module that the command accepts. */
  readonly alsoCalled?: readonly string[];
  /** Other words for the module. The command searches the remaining files for them, as it does for the name. */
  readonly words?: readonly string[];
  /** Files and folders in which the name and the words mean something else. */
  readonly unrelated?: readonly string[];
  /** More files and folders to delete with the module. */
  readonly files?: readonly string[];
  /** Scripts in package.json to delete with the module. */
  readonly scripts?: readonly string[];
  /** Steps that the user must do by hand afterwards. */
  readonly afterwards?: readonly string[];
}

/** A module in src/api. */
export interface Module {
  readonly name: string;
  readonly note: RemovalNote;
  /** The modules that it imports. */
  readonly uses: readonly string[];
}

const keysOfNote = ['kept', 'alsoCalled', 'words', 'unrelated', 'files', 'scripts', 'afterwards'];

/** Returns the paths and packages that a file imports, including imports of types. */
export const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

export const isSource = (path: string): boolean => /\.(?:ts|tsx|js|cjs|mjs)$/.test(path);

/** Returns all modules of the tree, by name. Imports in tests do not count for `uses`. */
export function findModules(tree: Tree): Map<string, Module> {
  const names = new Set(tree.list('src/api').flatMap((path) => /^src\/api\/([^/]+)\//.exec(path)?.[1] ?? []));
  return new Map(
    [...names].map((name) => [name, { name, note: noteOf(tree, name), uses: usedBy(tree, name) }]),
  );
}

function usedBy(tree: Tree, name: string): string[] {
  const used = tree
    .list(`src/api/${name}`)
    .filter((path) => isSource(path) && !path.endsWith('.test.ts'))
    .flatMap((path) => importsOf(tree.read(path)).map((target) => posix.join(posix.dirname(path), target)))
    .flatMap((path) => /^src\/api\/([^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(used)].filter((other) => other !== name).sort();
}

function noteOf(tree: Tree, name: string): RemovalNote {
  const path = `src/api/${name}/removal.json`;
  if (!tree.has(path)) return {};
  const note = JSON.parse(tree.read(path)) as RemovalNote;
  const unknown = Object.keys(note).filter((key) => !keysOfNote.includes(key));
  if (unknown.length > 0)
    throw new Refusal(
      `${path} has the unknown key "${unknown.join('", "')}". Use only ${keysOfNote.join(', ')}.`,
    );
  return note;
}
