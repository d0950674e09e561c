import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { type Answers, assertAnswers, licences } from './kit/init/answers.ts';
import { ask } from './kit/init/ask.ts';
import { planInit } from './kit/init/plan.ts';
import { forgetSecrets } from './kit/init/secrets.ts';
import { inWords, removable } from './kit/remove/choose.ts';
import { carryOut } from './kit/remove/carry-out.ts';
import { reportFailure, wasAsked } from './kit/remove/command.ts';
import { readGit } from './kit/remove/git.ts';
import { namedPackages } from './kit/remove/dependencies.ts';
import { findModules } from './kit/remove/modules.ts';
import { Refusal } from './kit/remove/refusal.ts';
import { Tree } from './kit/remove/tree.ts';
import { loadWithSecrets } from '../dev/secrets.ts';

const usage = `Makes this clone a product: names, licence, and which modules to keep. Asks for what the options do not say:
  npm run init
  npm run init -- --name "Acme Shop" --description "A shop" --holder "Acme Ltd" --licence MIT --keep none --yes
Options:
  --name TEXT         the name of the product, in any letters
  --slug NAME         its technical name, such as acme-shop; follows from the name unless given
  --description TEXT  what it does, in one line
  --holder TEXT       who holds the rights
  --licence NAME      ${licences.join(' or ')}: MIT unless given
  --keep A,B          the optional modules that stay, or none: all unless given
  --yes               asks nothing
  --dry-run           shows what would be done; needs no other option
docs/starting-a-product.md explains what changes.
`;

const options = {
  name: { type: 'string' },
  slug: { type: 'string' },
  description: { type: 'string' },
  licence: { type: 'string' },
  holder: { type: 'string' },
  keep: { type: 'string' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

/** What a trial takes for options that are not given. */
const examples = { name: 'My Product', description: 'What it does.', holder: 'Its owner' };

type Collected = Readonly<{ answers: Answers; isDry: boolean }>;

/** Returns what the options say, and what the user answers on a terminal for the rest. */
async function collect(tree: Tree): Promise<Collected> {
  const { keep: list, yes, 'dry-run': dryRun, ...given } = readCommandLine(usage, { options }).values;
  const modules = findModules(tree);
  const keep = list?.split(',').filter((name) => name !== '' && name !== 'none');
  const isDry = wasAsked(dryRun, 'dry_run');
  const isSure = isDry || wasAsked(yes, 'yes');
  if (!isSure && !process.stdin.isTTY)
    throw new Refusal(`Give --name, --description, --holder and --yes.\n${usage.trimEnd()}`);
  const known = { ...(isDry && examples), ...given, ...(keep !== undefined && { keep }) };
  const asked = isSure ? known : await ask(known, modules);
  if (asked === null) throw new Refusal('Left as it was.');
  const { name, slug, description, holder, licence = 'MIT' } = asked;
  const missing = Object.entries({ name, description, holder }).flatMap(([option, value]) =>
    value === undefined ? [`--${option}`] : [],
  );
  if (name === undefined || description === undefined || holder === undefined)
    throw new Refusal(`Give ${inWords(missing)} as well.\n${usage.trimEnd()}`);
  const kept = asked.keep ?? removable(modules).map((module) => module.name);
  const texts = { name, slug, description, holder, licence, keep: kept };
  return { answers: assertAnswers(texts, modules, namedPackages(tree)), isDry };
}

/** Makes this clone a product: asks, plans, then writes all or nothing. */
async function main(): Promise<void> {
  const tree = new Tree(resolve(import.meta.dirname, '..'));
  const { answers, isDry } = await collect(tree);
  const plan = await planInit(tree, answers, readGit(tree.root), new Date());
  const { name: slug } = JSON.parse(tree.read('package.json')) as { name: string };
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
    `Its technical name is ${slug}.`,
    ...removed,
    'Its secrets of development are new, and its database begins anew with demo data.',
    'next: npm ci && npm run check && npm test, read the difference, and commit it.',
  );
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(reportFailure);
