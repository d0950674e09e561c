import { posix } from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { chooseModules } from './choose.ts';
import { packagesOf, unneededPackages } from './dependencies.ts';
import { nextStamp } from '../migration-text.ts';
import { addDroppingMigration } from './dropping-migration.ts';
import { readFacts, type Facts } from './facts.ts';
import type { Git } from './git.ts';
import { findModules, importsOf, isSource, type Module } from './modules.ts';
import { withoutModules } from './module-list.ts';
import { adjustPages, withoutScripts } from './pages.ts';
import { Refusal } from './refusal.ts';
import { cutRegions } from './regions.ts';
import type { Tree } from './tree.ts';

/** What a removal comes to; its files are planned in the tree and nothing is written yet. */
export interface Plan {
  readonly modules: readonly Module[];
  readonly packages: readonly string[];
  /** The migrations that are added. */
  readonly migrations: readonly string[];
  /** What modules that git has never had may have left in the database of this machine. */
  readonly local: readonly Facts[];
}

interface Options {
  readonly git: Git | null;
  /** Also deletes what git does not have. */
  readonly isForced: boolean;
  /** Whether some database may have what is removed. */
  readonly hasDatabases: boolean;
  readonly now: number;
}

// Files that show regions as examples, or are not text.
const unread =
  /^(?:scripts\/kit\/remove\/|tests\/scripts\/remove-parts|package-lock\.json$)|\.(?:png|ico|woff2?|tgz)$/;

/** Plans the removal of these modules; `formatChanged` then lays out the files. Throws a Refusal, with the reason, where it is not to be. */
export async function planRemoval(tree: Tree, asked: readonly string[], options: Options): Promise<Plan> {
  const modules = chooseModules(asked, findModules(tree));
  const names = new Set(modules.map(({ name }) => name));
  const doomed = modules.flatMap(filesOf).flatMap((place) => tree.list(place));
  if (!options.isForced) assertCommitted(doomed, options.git);

  const before = new Set(tree.list());
  const packages = packagesOf(tree);
  const facts = await Promise.all(modules.map((module) => readFacts(tree, [module])));
  const pages = adjustPages(tree);
  for (const path of doomed) tree.delete(path);
  tree.edit('src/modules.ts', (text) => withoutModules(text, names));
  cutAllRegions(tree, names);
  const scripts = modules.flatMap(({ note }) => note.scripts ?? []);
  tree.edit('package.json', (text) => withoutScripts(text, scripts));
  pages({ names: [...names], scripts, tables: facts.flatMap(({ tables }) => tables), before });
  assertWhole(tree, before);

  const wasShared = modules.map((module) => isShared(module, before, options.git));
  const stamp = nextStamp([...before], options.now);
  const migrations = modules.flatMap(({ name }, index) => {
    const of = facts[index];
    const isEmpty = of === undefined || of.migrations.length === 0 || !options.hasDatabases;
    return isEmpty || wasShared[index] !== true ? [] : [addDroppingMigration(tree, name, of, stamp + index)];
  });
  return {
    modules,
    packages: unneededPackages(tree, packages),
    migrations,
    local: options.hasDatabases
      ? facts.filter(({ tables }, index) => wasShared[index] !== true && tables.length > 0)
      : [],
  };
}

/** Cuts the regions of these names out of every file. */
export function cutAllRegions(tree: Tree, names: ReadonlySet<string>): void {
  for (const path of tree.list().filter((file) => !unread.test(file)))
    tree.edit(path, (text) => cutRegions(path, text, names));
}

const filesOf = ({ name, note }: Module): string[] => [
  `src/api/${name}`,
  `tests/api/${name}`,
  ...(note.files ?? []),
];

function assertCommitted(doomed: readonly string[], git: Git | null): void {
  const lost = doomed.filter((path) => git?.changed.includes(path));
  if (lost.length === 0) return;
  const more = lost.length > 10 ? [`  and ${lost.length - 10} more`] : [];
  throw new Refusal(
    [
      'These files would go, and git does not have them as they are:',
      ...lost.slice(0, 10).map((path) => `  ${path}`),
      ...more,
      'Commit them first, or add --force to lose them.',
    ].join('\n'),
  );
}

// Its migrations are in git, so that other databases may have had them. Without git nobody knows: then they may.
const isShared = ({ name }: Module, before: ReadonlySet<string>, git: Git | null): boolean =>
  [...before]
    .filter((path) => path.startsWith(`src/api/${name}/migrations/`))
    .some((path) => git?.isCommitted(path) ?? true);

/** Refuses a removal after which a file that stays would import one that is gone. */
export function assertWhole(tree: Tree, before: ReadonlySet<string>): void {
  const torn = tree
    .list()
    .filter((path) => isSource(path))
    .flatMap((path) =>
      importsOf(tree.read(path))
        .filter((target) => target.startsWith('.'))
        .map((target) => posix.join(posix.dirname(path), target))
        .filter((target) => before.has(target) && !tree.has(target))
        .map((target) => `  ${path} imports ${target}`),
    );
  if (torn.length > 0)
    throw new Refusal(
      `What is left would not hold together:\n${torn.join('\n')}\nPut these lines into a region of the module, or list the file in its removal.json (docs/removing.md).`,
    );
}

/** Lays out the files that are to change as prettier does. */
export async function formatChanged(tree: Tree): Promise<void> {
  for (const [path, text] of tree.changes) {
    const file = `${tree.root}/${path}`;
    const { ignored, inferredParser } = await getFileInfo(file, {
      ignorePath: `${tree.root}/.prettierignore`,
    });
    if (text === null || ignored || inferredParser === null) continue;
    tree.write(path, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  }
}
