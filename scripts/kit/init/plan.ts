import { namedPackages, packagesOf, unneededPackages } from '../remove/dependencies.ts';
import { findModules } from '../remove/modules.ts';
import { removable } from '../remove/choose.ts';
import { assertWhole, cutAllRegions, type Plan, formatChanged, planRemoval } from '../remove/plan.ts';
import { withoutRowsOf, withoutScripts } from '../remove/pages.ts';
import type { Git } from '../remove/git.ts';
import type { Tree } from '../remove/tree.ts';
import type { Answers } from './answers.ts';
import { namesOf } from './names.ts';
import { writePapers } from './license-and-changelog.ts';
import { renameAll } from './rename.ts';

// A clone is begun once: what does it goes with it.
const own = [
  'docs/images',
  'docs/starting-a-product.md',
  'scripts/init.ts',
  'scripts/kit/init',
  'tests/scripts/init.test.ts',
  'tests/template',
];

/** Plans in the tree what makes the clone a product: removals, names, papers. Throws a Refusal where it is not to be. */
export async function planInit(tree: Tree, answers: Answers, git: Git | null, now: Date): Promise<Plan> {
  const before = packagesOf(tree);
  const files = new Set(tree.list());
  const gone = removable(findModules(tree)).flatMap(({ name }) =>
    answers.keep.includes(name) ? [] : [name],
  );
  // Nobody has a database of the product yet: there is nothing to drop.
  const options = { git, isForced: false, hasDatabases: false, now: now.getTime() };
  const removal =
    gone.length === 0 ? { modules: [], migrations: [], local: [] } : await planRemoval(tree, gone, options);
  for (const path of own.flatMap((place) => tree.list(place))) tree.delete(path);
  tree.edit('package.json', (text) => withoutScripts(text, ['init']));
  cutAllRegions(tree, new Set(['template']));
  assertWhole(tree, files);
  for (const path of tree.list().filter((file) => file.endsWith('.md')))
    tree.edit(path, (text) => withoutRowsOf(text, ['init']));
  const names = namesOf(answers.name, { slug: answers.slug, packages: namedPackages(tree) });
  renameAll(tree, names);
  writePapers(tree, answers, names, now.getUTCFullYear());
  await formatChanged(tree);
  return { ...removal, packages: unneededPackages(tree, before) };
}
