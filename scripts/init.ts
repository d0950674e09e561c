import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Answers, assertAnswers } from './init/answers.ts';
import { ask } from './init/ask.ts';
import { planInit } from './init/plan.ts';
import { forgetSecrets } from './init/secrets.ts';
import { inWords, removable } from './remove/choose.ts';
import { carryOut } from './remove/carry-out.ts';
import { reportFailure, wasAsked } from './remove/command.ts';
import { readGit } from './remove/git.ts';
import { findModules, type Module } from './remove/modules.ts';
import { Refusal } from './remove/refusal.ts';
import { Tree } from './remove/tree.ts';
import { loadWithSecrets } from './secrets.ts';

const usage =
  'Give --name, --description, --holder and --yes; or call it on a terminal, where it asks: npm run init -- --name "Acme Shop" --description "A shop" --holder "Acme Ltd" --licence MIT --keep api-keys,oidc --yes';

const options = {
  name: { type: 'string' },
  description: { type: 'string' },
  licence: { type: 'string' },
  holder: { type: 'string' },
  keep: { type: 'string' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

/** What the options say, and on a terminal its user, who is asked for the rest. */
async function collect(modules: ReadonlyMap<string, Module>): Promise<{ answers: Answers; isDry: boolean }> {
  const { keep: list, yes, 'dry-run': dryRun, ...given } = parseArgs({ options }).values;
  const keep = list?.split(',').filter((name) => name !== '' && name !== 'none');
  const isDry = wasAsked(dryRun, 'dry_run');
  const isSure = isDry || wasAsked(yes, 'yes');
  if (!isSure && !process.stdin.isTTY) throw new Refusal(usage);
  const known = { ...given, ...(keep !== undefined && { keep }) };
  const asked = isSure ? known : await ask(known, modules);
  if (asked === null) throw new Refusal('Left as it was.');
  const { name, description, holder, licence = 'MIT' } = asked;
  if (name === undefined || description === undefined || holder === undefined) throw new Refusal(usage);
  const kept = asked.keep ?? removable(modules).map((module) => module.name);
  return { answers: assertAnswers({ name, description, licence, holder, keep: kept }, modules), isDry };
}

/** Makes this clone a product: asks, plans, then writes all or nothing. */
async function main(): Promise<void> {
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const { answers, isDry } = await collect(findModules(tree));
  const plan = await planInit(tree, answers, readGit(tree.root), new Date());
  const texts = [...tree.changes.values()];
  const deleted = texts.filter((text) => text === null).length;
  const changes = `${texts.length - deleted} files changed or written, ${deleted} deleted`;
  const gone = plan.modules.map(({ name }) => name);
  const removed = gone.length === 0 ? [] : [`Removed with it: ${inWords(gone)}.`];
  if (isDry) {
    print(`Would make this clone ${answers.name}: ${changes}. Nothing was touched.`, ...removed);
    return;
  }
  carryOut(tree, plan);
  forgetSecrets(tree.root);
  await loadWithSecrets();
  print(
    `This clone is ${answers.name} now: ${changes}.`,
    ...removed,
    'Its secrets of development are new, and its database begins anew with demo data.',
    'next: npm ci && npm run check && npm test, read the difference, and commit it.',
  );
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(reportFailure);
