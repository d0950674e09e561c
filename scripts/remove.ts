import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { carryOut } from './kit/remove/carry-out.ts';
import { reportFailure, wasAsked } from './kit/remove/command.ts';
import { readGit } from './kit/remove/git.ts';
import { findMentions } from './kit/remove/mentions.ts';
import { forgetLocally } from './kit/remove/local-database.ts';
import { formatChanged, planRemoval } from './kit/remove/plan.ts';
import { Refusal } from './kit/remove/refusal.ts';
import { report } from './kit/remove/report.ts';
import { Tree } from './kit/remove/tree.ts';

const usage = `Removes modules with their tables, tests, documents and libraries:
  npm run remove module <name> <name>
Options:
  --dry-run      shows what would be done
  --force        also deletes files that git does not have
docs/removing.md explains what goes.
`;

/** Takes modules away: plans, then writes all or nothing. */
async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const [kind, ...names] = positionals;
  if (kind !== 'module') throw new Refusal(`Say what to remove.\n${usage.trimEnd()}`);
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const git = readGit(tree.root);
  const isForced = wasAsked(values.force, 'force');
  const plan = await planRemoval(tree, names, { git, isForced, hasDatabases: true, now: Date.now() });
  const mentions = findMentions(new Tree(tree.root), tree, plan.modules);
  const isDry = wasAsked(values['dry-run'], 'dry_run');
  await formatChanged(tree);
  if (!isDry) carryOut(tree, plan);
  const aside = isDry ? null : await forgetLocally(tree.root, plan.local);
  process.stdout.write(report(tree, plan, { isDry, hasGit: git !== null, aside, mentions }));
}

main().catch(reportFailure);
