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

/** The plan of a removal. The tree contains the changes of files, which are not written yet. */
export interface Plan {
  readonly modules: readonly Module[];
  readonly packages: readonly string[];
  /** The added migrations. */
  readonly migrations: readonly string[];
  /** The data of modules that were never committed. Only the local database can contain it. */
  readonly local: readonly Facts[];
}

interface Options {
  readonly git: Git | null;
  /** True if uncommitted files may be deleted too. */
  readonly isForced: boolean;
  /** True if there may be databases that contain data of the modules. */
  readonly hasDatabases: boolean;
  readonly now: number;
}

// Skip files that are not text, and files in which regions are only examples.
const skippedFiles =
  /^(?:scripts\/kit\/remove\/|tests\/scripts\/remove-parts|package-lock\.json$)|\.(?:png|ico|woff2?|tgz)$/;

/**
 * Plans the removal of these modules. Throws a `Refusal` if the modules cannot be removed. Call `formatChanged`
 * afterwards.
 */
export async function planRemoval(tree: Tree, asked: readonly string[], options: Options): Promise<Plan> {
  const modules = chooseModules(asked, findModules(tree));
  const names = new Set(modules.map(({ name }) => name));
  const deletedFiles = modules.flatMap(filesOf).flatMap((place) => tree.list(place));
  if (!options.isForced) assertCommitted(deletedFiles, options.git);

  const before = new Set(tree.list());
  const packages = packagesOf(tree);
  const facts = await Promise.all(modules.map((module) => readFacts(tree, [module])));
  const pages = adjustPages(tree);
  for (const path of deletedFiles) tree.delete(path);
  tree.edit('src/modules.ts', (text) => withoutModules(text, names));
  cutAllRegions(tree, names);
  const scripts = modules.flatMap(({ note }) => note.scripts ?? []);
  tree.edit('package.json', (text) => withoutScripts(text, scripts));
  pages({ names: [...names], scripts, tables: facts.flatMap(({ tables }) => tables), before });
  assertNoDanglingImports(tree, before);

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

/** Removes the regions of these modules from every file. */
export function cutAllRegions(tree: Tree, names: ReadonlySet<string>): void {
  for (const path of tree.list().filter((file) => !skippedFiles.test(file)))
    tree.edit(path, (text) => cutRegions(path, text, names));
}

const filesOf = ({ name, note }: Module): string[] => [
  `src/api/${name}`,
  `tests/api/${name}`,
  ...(note.files ?? []),
];

/** Throws a `Refusal` if a file to delete has changes that are not in git. */
export function assertCommitted(deletedFiles: readonly string[], git: Git | null): void {
  const uncommitted = deletedFiles.filter((path) => git?.changed.includes(path));
  if (uncommitted.length === 0) return;
  const more = uncommitted.length > 10 ? [`  and ${uncommitted.length - 10} more`] : [];
  throw new Refusal(
    [
      'These files would be deleted, but have uncommitted changes:',
      ...uncommitted.slice(0, 10).map((path) => `  ${path}`),
      ...more,
      'Commit them first, or pass --force to delete them anyway.',
    ].join('\n'),
  );
}

// Returns whether other databases may have run the migrations of a module, because the migrations are committed.
// Without git, assumes that they have.
const isShared = ({ name }: Module, before: ReadonlySet<string>, git: Git | null): boolean =>
  [...before]
    .filter((path) => path.startsWith(`src/api/${name}/migrations/`))
    .some((path) => git?.isCommitted(path) ?? true);

/** Throws a `Refusal` if a remaining file imports a deleted file. */
export function assertNoDanglingImports(tree: Tree, before: ReadonlySet<string>): void {
  const danglingImports = tree
    .list()
    .filter((path) => isSource(path))
    .flatMap((path) =>
      importsOf(tree.read(path))
        .filter((target) => target.startsWith('.'))
        .map((target) => posix.join(posix.dirname(path), target))
        .filter((target) => before.has(target) && !tree.has(target))
        .map((target) => `  ${path} imports ${target}`),
    );
  if (danglingImports.length > 0)
    throw new Refusal(
      `Remaining files import deleted ones:\n${danglingImports.join('\n')}\nPut these lines into a region of the module, or list the file in its removal.json (docs/removing.md).`,
    );
}

/** Formats the changed files with Prettier. */
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
