import { namedPackages, packagesOf, unneededPackages } from '../remove/dependencies.ts';
import { findModules } from '../remove/modules.ts';
import { removable } from '../remove/choose.ts';
import {
  assertNoDanglingImports,
  cutAllRegions,
  type Plan,
  formatChanged,
  planRemoval,
} from '../remove/plan.ts';
import { withoutRowsOf, withoutScripts } from '../remove/pages.ts';
import type { Git } from '../remove/git.ts';
import type { Tree } from '../remove/tree.ts';
import type { Answers } from './answers.ts';
import { namesOf } from './names.ts';
import { writeProjectFiles } from './license-and-changelog.ts';
import { renameAll } from './rename.ts';

// Files that only the template needs. `npm run init` runs once for each clone, so it also removes itself.
const templateOnly = [
  'docs/images',
  'docs/starting-a-product.md',
  'scripts/init.ts',
  'scripts/kit/init',
  'tests/kit/init.test.ts',
  'tests/template',
];

/**
 * Plans how the clone becomes a product: what is removed, renamed and rewritten. Writes nothing. Throws a `Refusal` if
 * the clone cannot become this product.
 */
export async function planInit(tree: Tree, answers: Answers, git: Git | null, now: Date): Promise<Plan> {
  const before = packagesOf(tree);
  const files = new Set(tree.list());
  const removed = removable(findModules(tree)).flatMap(({ name }) =>
    answers.keep.includes(name) ? [] : [name],
  );
  // Plan no migrations that drop tables, because the product has no databases yet.
  const options = { git, isForced: false, hasDatabases: false, now: now.getTime() };
  const removal =
    removed.length === 0
      ? { modules: [], migrations: [], local: [] }
      : await planRemoval(tree, removed, options);
  for (const path of templateOnly.flatMap((place) => tree.list(place))) tree.delete(path);
  tree.edit('package.json', (text) => withoutScripts(text, ['init']));
  cutAllRegions(tree, new Set(['template']));
  assertNoDanglingImports(tree, files);
  for (const path of tree.list().filter((file) => file.endsWith('.md')))
    tree.edit(path, (text) => withoutRowsOf(text, ['init']));
  const names = namesOf(answers.name, { slug: answers.slug, packages: namedPackages(tree) });
  renameAll(tree, names);
  writeProjectFiles(tree, answers, names, now.getUTCFullYear());
  await formatChanged(tree);
  return { ...removal, packages: unneededPackages(tree, before) };
}
