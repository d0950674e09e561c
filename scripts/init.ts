import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { type Answers, assertAnswers, licenses } from './kit/init/answers.ts';
import { ask } from './kit/init/ask.ts';
import { planInit } from './kit/init/plan.ts';
import { removeSecrets } from './kit/init/secrets.ts';
import { inWords, removable } from './kit/remove/choose.ts';
import { applyPlan } from './kit/remove/apply-plan.ts';
import { reportFailure, hasFlag } from './kit/remove/command.ts';
import { readGit } from './kit/remove/git.ts';
import { namedPackages } from './kit/remove/dependencies.ts';
import { findModules } from './kit/remove/modules.ts';
import { Refusal } from './kit/remove/refusal.ts';
import { Tree } from './kit/remove/tree.ts';
import { loadWithSecrets } from '../dev/secrets.ts';

const usage = `Turns this clone into a product: sets the name and license and removes unneeded modules. Prompts for missing options:
  npm run init
  npm run init -- --name "Acme Shop" --description "A shop" --holder "Acme Ltd" --license MIT --keep none --yes
Options:
  --name TEXT         the product name, in any script
  --slug NAME         the technical name, such as acme-shop (default: derived from the name)
  --description TEXT  a description in one line
  --holder TEXT       the copyright holder
  --license NAME      ${licenses.join(' or ')} (default: MIT)
  --keep A,B          the optional modules to keep, or none (default: all)
  --yes               skips the prompts
  --dry-run           prints a summary without changing anything; needs no other option
docs/starting-a-product.md describes the changes.
`;

const options = {
  name: { type: 'string' },
  slug: { type: 'string' },
  description: { type: 'string' },
  license: { type: 'string' },
  holder: { type: 'string' },
  keep: { type: 'string' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

/** The answers of a dry run that the options do not contain. */
const examples = { name: 'My Product', description: 'A description.', holder: 'A holder' };

type Collected = Readonly<{ answers: Answers; isDry: boolean }>;

/** Returns the answers that the options contain, and asks for the missing answers. */
async function collect(tree: Tree): Promise<Collected> {
  const { keep: list, yes, 'dry-run': dryRun, ...given } = readCommandLine(usage, { options }).values;
  const modules = findModules(tree);
  const keep = list?.split(',').filter((name) => name !== '' && name !== 'none');
  const isDry = hasFlag(dryRun, 'dry_run');
  const isSure = isDry || hasFlag(yes, 'yes');
  if (!isSure && !process.stdin.isTTY)
    throw new Refusal(
      `Without a terminal, pass --name, --description, --holder and --yes.\n${usage.trimEnd()}`,
    );
  const known = { ...(isDry && examples), ...given, ...(keep !== undefined && { keep }) };
  const answers = isSure ? known : await ask(known, modules);
  if (answers === null) throw new Refusal('Canceled.');
  const { name, slug, description, holder, license = 'MIT' } = answers;
  const missing = Object.entries({ name, description, holder }).flatMap(([option, value]) =>
    value === undefined ? [`--${option}`] : [],
  );
  if (name === undefined || description === undefined || holder === undefined)
    throw new Refusal(`Also pass ${inWords(missing)}.\n${usage.trimEnd()}`);
  const kept = answers.keep ?? removable(modules).map((module) => module.name);
  const texts = { name, slug, description, holder, license, keep: kept };
  return { answers: assertAnswers(texts, modules, namedPackages(tree)), isDry };
}

/** Turns this clone into a product. Either all changes are written, or none. */
async function main(): Promise<void> {
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const { answers, isDry } = await collect(tree);
  const plan = await planInit(tree, answers, readGit(tree.root), new Date());
  const { name: slug } = JSON.parse(tree.read('package.json')) as { name: string };
  const texts = [...tree.changes.values()];
  const deleted = texts.filter((text) => text === null).length;
  const changes = `${texts.length - deleted} files changed or written, ${deleted} deleted`;
  const removedModules = plan.modules.map(({ name }) => name);
  const removed = removedModules.length === 0 ? [] : [`Removed modules: ${inWords(removedModules)}.`];
  if (isDry) {
    print(`Dry run: this clone would become ${answers.name}: ${changes}. Nothing was changed.`, ...removed);
    return;
  }
  applyPlan(tree, plan);
  removeSecrets(tree.root);
  await loadWithSecrets();
  print(
    `This clone is now ${answers.name}: ${changes}.`,
    `Its technical name is ${slug}.`,
    ...removed,
    'It has new development secrets, and its new database will start with demo data.',
    'Next: run npm ci && npm run check && npm test, review the diff, and commit it.',
  );
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(reportFailure);
