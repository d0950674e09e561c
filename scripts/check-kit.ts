import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { copyTree } from './kit/remove/copy.ts';
import { Tree } from './kit/remove/tree.ts';
import { runStep } from './lib/run-step.ts';
import { makeTemporaryFolder } from './lib/temporary-folder.ts';

// Tests the generators in a copy of this clone: generates three modules with every kind of field and reference, and a
// language, runs the checks and tests, starts the service, and removes them. Afterwards the copy must be unchanged.

const specs: Readonly<Record<string, string>> = {
  invoices:
    'number:string:unique, title:string:min(3):max(80), note:text?, amountMinor:int:min(0), points:bigint?, ' +
    'rate:decimal(12,2):min(0), isPaid:bool, status:enum(draft|sent|paid), mood:enum(good|bad)?, dueOn:date, ' +
    'sentAt:datetime, seenAt:datetime?, tracking:uuid, contact:email:unique, lines:json, customer:ref(users), approver:ref(users)?',
  'credit-notes':
    'author:ref(users):owner, invoice:ref(invoices), heading:string:unique, body:text?, amount:decimal',
  attachments: 'creditNote:ref(credit-notes), invoice:ref(invoices)?, size:int',
};
const names = Object.keys(specs);

const usage = `Generates three modules and a language in a copy of this clone, checks, tests and removes them:
  npm run check:kit
Options:
  --full         runs all tests that cover every module
`;
const { values } = readCommandLine(usage, { options: { full: { type: 'boolean' } } });

// Tests that cover all modules, including the generated modules. The slowest of them run only with --full.
const crossModuleTests =
  values.full === true
    ? ['tests/contract', 'tests/security', 'tests/db/migrations']
    : [
        'tests/contract/(?:access|errors|lists|lossless|openapi|privacy|replies)',
        'tests/security/source',
        'tests/db/migrations',
      ];

const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', `scripts/${path}`, ...args];
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** The steps in order. */
const steps: readonly [name: string, command: string, args: readonly string[]][] = [
  ...Object.entries(specs).map(([name, fields]): [string, string, string[]] => [
    `generate ${name}`,
    process.execPath,
    script('generate.ts', 'module', name, '--fields', fields),
  ]),
  ['generate language fr', process.execPath, script('generate.ts', 'language', 'fr')],
  ['npm run check', npm, ['run', 'check']],
  // Remove the language before the tests run, because one of them fails while texts are not translated.
  ['remove language fr', process.execPath, script('remove.ts', 'language', 'fr', '--force')],
  ['npm test', npm, ['test', '--', ...names.map((name) => `tests/api/${name}`), ...crossModuleTests]],
  ['start', npm, ['run', 'test:e2e', '--', 'tests/e2e/boot']],
  ...names.toReversed().map((name): [string, string, string[]] => [
    `remove ${name}`,
    process.execPath,
    // Pass --force, because the generated modules are not committed.
    script('remove.ts', 'module', name, '--force'),
  ]),
];

/** Runs a command. Returns its output if the command fails, otherwise null. */
async function failureOf(command: string, args: readonly string[], cwd: string): Promise<string | null> {
  const { code, output } = await runStep(command, args, cwd);
  return code === 0 ? null : output;
}

function git(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed. This check needs git. ${stderr}`);
  return stdout;
}

const { path: folder, remove } = await makeTemporaryFolder('kit');
try {
  copyTree(new Tree(resolve(import.meta.dirname, '..')), folder);
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all', '--', '.', ':!node_modules');
  git(
    folder,
    '-c',
    'user.name=kit',
    '-c',
    'user.email=kit@example.com',
    'commit',
    '--quiet',
    '--no-verify',
    '-m',
    'Before',
  );
  for (const [name, command, args] of steps) {
    const began = performance.now();
    const failure = await failureOf(command, args, folder);
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stdout.write(
      `${(failure === null ? 'ok' : 'FAILED').padEnd(7)} ${String(seconds).padStart(4)} s  ${name}\n`,
    );
    if (failure === null) continue;
    process.stdout.write(`${failure}\n`);
    process.exitCode = 1;
    break;
  }
  const left = git(folder, 'status', '--porcelain', '--', '.', ':!node_modules');
  if (process.exitCode === undefined && left !== '') {
    process.stdout.write(
      `FAILED: removing the modules left these differences:\n${left}${git(folder, 'diff')}\n`,
    );
    process.exitCode = 1;
  }
} finally {
  await remove();
}
