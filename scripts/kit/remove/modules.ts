import { posix } from 'node:path';
import ts from 'typescript';
import { Refusal } from './refusal.ts';
import type { Tree } from './tree.ts';

/** The contents of a module's optional `removal.json`. */
interface RemovalNote {
  /** The reason why the module cannot be removed. */
  readonly kept?: string;
  /** Other names that the command accepts. */
  readonly alsoCalled?: readonly string[];
  /** Further words that refer to the module in texts. */
  readonly words?: readonly string[];
  /** Files and folders where the name and the words have another meaning. */
  readonly unrelated?: readonly string[];
  /** Further files and folders to delete. */
  readonly files?: readonly string[];
  /** Scripts of package.json to delete. */
  readonly scripts?: readonly string[];
  /** Manual steps after the removal. */
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

/** Returns the import specifiers of a file, including type imports. */
export const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

export const isSource = (path: string): boolean => /\.(?:ts|tsx|js|cjs|mjs)$/.test(path);

/** Returns every module of the tree by name. `uses` is derived from imports outside of tests. */
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
