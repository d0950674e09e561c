import { posix } from 'node:path';
import ts from 'typescript';
import { Refusal } from './refusal.ts';
import type { Tree } from './tree.ts';

/** What a module says in its `removal.json` about itself; a module without that file has nothing to say. */
interface RemovalNote {
  /** Why it cannot be removed. */
  readonly kept?: string;
  /** Other names that people know it by. */
  readonly alsoCalled?: readonly string[];
  /** Words that tell of it in texts, besides its name. */
  readonly words?: readonly string[];
  /** Files and folders outside of the layout that go with it. */
  readonly files?: readonly string[];
  /** Scripts of package.json that go with it. */
  readonly scripts?: readonly string[];
  /** What is to be done by hand after it is gone. */
  readonly afterwards?: readonly string[];
}

/** A folder below src/api, and what hangs on it. */
export interface Module {
  readonly name: string;
  readonly note: RemovalNote;
  /** The modules that it imports. */
  readonly uses: readonly string[];
}

const keysOfNote = ['kept', 'alsoCalled', 'words', 'files', 'scripts', 'afterwards'];

/** The names of what a file imports, types included. */
export const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

export const isSource = (path: string): boolean => /\.(?:ts|tsx|js|cjs|mjs)$/.test(path);

/** Every module of the tree, by name. Who uses whom is what they import, tests beside the code aside. */
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
    throw new Refusal(`${path}: "${unknown.join('", "')}" means nothing; it knows ${keysOfNote.join(', ')}.`);
  return note;
}
