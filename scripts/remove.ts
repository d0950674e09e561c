import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { applyPlan } from './kit/remove/apply-plan.ts';
import { inWords } from './kit/remove/choose.ts';
import { reportFailure, hasFlag } from './kit/remove/command.ts';
import { readGit, type Git } from './kit/remove/git.ts';
import { planLanguageRemoval } from './kit/remove/language.ts';
import { findMentions } from './kit/remove/mentions.ts';
import { dropLocally } from './kit/remove/local-database.ts';
import { formatChanged, planRemoval, type Plan } from './kit/remove/plan.ts';
import { Refusal } from './kit/remove/refusal.ts';
import { report } from './kit/remove/report.ts';
import { Tree } from './kit/remove/tree.ts';

const usage = `Removes modules with their tables, tests, docs and dependencies, or a language with its texts:
  npm run remove module <name> <name>
  npm run remove language <code>
Options:
  --dry-run      prints the changes without making them
  --force        also deletes uncommitted files
docs/removing.md describes what is removed.
`;

/** Plans the removal in the tree. Returns the plan, and a phrase that names what is removed. */
async function planOf(
  tree: Tree,
  [kind, ...names]: readonly string[],
  options: { readonly git: Git | null; readonly isForced: boolean },
): Promise<readonly [plan: Plan, removed: string]> {
  if (kind === 'module') {
    const plan = await planRemoval(tree, names, { ...options, hasDatabases: true, now: Date.now() });
    return [plan, inWords(plan.modules.map(({ name }) => name))];
  }
  const [language] = names;
  if (kind !== 'language' || language === undefined || names.length > 1)
    throw new Refusal(`Name the modules or the language to remove.\n${usage.trimEnd()}`);
  planLanguageRemoval(tree, language, options);
  return [{ modules: [], packages: [], migrations: [], local: [] }, `the language ${language}`];
}

/** Removes modules or a language. Either all changes are written, or none. */
async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const git = readGit(tree.root);
  const isForced = hasFlag(values.force, 'force');
  const [plan, removed] = await planOf(tree, positionals, { git, isForced });
  const mentions = findMentions(new Tree(tree.root), tree, plan.modules);
  const isDry = hasFlag(values['dry-run'], 'dry_run');
  await formatChanged(tree);
  if (!isDry) applyPlan(tree, plan);
  const databaseNote = isDry ? null : await dropLocally(tree.root, plan.local);
  process.stdout.write(report(tree, plan, { removed, isDry, hasGit: git !== null, databaseNote, mentions }));
}

main().catch(reportFailure);
