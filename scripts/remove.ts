import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { carryOut } from './remove/carry-out.ts';
import { reportFailure, wasAsked } from './remove/command.ts';
import { readGit } from './remove/git.ts';
import { forgetLocally } from './remove/local-database.ts';
import { planRemoval } from './remove/plan.ts';
import { Refusal } from './remove/refusal.ts';
import { report } from './remove/report.ts';
import { Tree } from './remove/tree.ts';

const usage = 'Say what to remove: npm run remove module <name> … (--dry-run shows what would be done)';

/** Takes modules away: plans, then writes all or nothing. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const [kind, ...names] = positionals;
  if (kind !== 'module') throw new Refusal(usage);
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const git = readGit(tree.root);
  const isForced = wasAsked(values.force, 'force');
  const plan = await planRemoval(tree, names, { git, isForced, hasDatabases: true, now: Date.now() });
  const isDry = wasAsked(values['dry-run'], 'dry_run');
  if (!isDry) carryOut(tree, plan);
  const aside = isDry ? null : await forgetLocally(tree.root, plan.local);
  process.stdout.write(report(tree, plan, { isDry, hasGit: git !== null, aside }));
}

main().catch(reportFailure);
