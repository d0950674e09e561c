import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { applyPlan } from './kit/remove/apply-plan.ts';
import { reportFailure, hasFlag } from './kit/remove/command.ts';
import { readGit } from './kit/remove/git.ts';
import { findMentions } from './kit/remove/mentions.ts';
import { dropLocally } from './kit/remove/local-database.ts';
import { formatChanged, planRemoval } from './kit/remove/plan.ts';
import { Refusal } from './kit/remove/refusal.ts';
import { report } from './kit/remove/report.ts';
import { Tree } from './kit/remove/tree.ts';

const usage = `Removes modules with their tables, tests, docs and dependencies:
  npm run remove module <name> <name>
Options:
  --dry-run      prints the changes without making them
  --force        also deletes uncommitted files
docs/removing.md describes what is removed.
`;

/** Removes modules. Either all changes are written, or none. */
async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const [kind, ...names] = positionals;
  if (kind !== 'module') throw new Refusal(`Name the modules to remove.\n${usage.trimEnd()}`);
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const git = readGit(tree.root);
  const isForced = hasFlag(values.force, 'force');
  const plan = await planRemoval(tree, names, { git, isForced, hasDatabases: true, now: Date.now() });
  const mentions = findMentions(new Tree(tree.root), tree, plan.modules);
  const isDry = hasFlag(values['dry-run'], 'dry_run');
  await formatChanged(tree);
  if (!isDry) applyPlan(tree, plan);
  const databaseNote = isDry ? null : await dropLocally(tree.root, plan.local);
  process.stdout.write(report(tree, plan, { isDry, hasGit: git !== null, databaseNote, mentions }));
}

main().catch(reportFailure);
