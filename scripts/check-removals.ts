import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { removable, withUsers } from './kit/remove/choose.ts';
import { copyTree } from './kit/remove/copy.ts';
import { findModules, isSource } from './kit/remove/modules.ts';
import { Tree } from './kit/remove/tree.ts';
import { runStep } from './lib/run-step.ts';
import { makeTemporaryFolder } from './lib/temporary-folder.ts';

// Takes each removable module out of a copy of this clone, with what uses it, and all of them at once; then holds what is
// left against the checks and the tests that look at the whole. With --full against all tests. Names narrow it down.

interface Step {
  readonly name: string;
  readonly argsIn: (folder: string) => readonly string[];
}

const bin = (path: string, ...args: string[]): string[] => [`node_modules/${path}`, ...args];
const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', `scripts/${path}`, ...args];
const jest = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', ...bin('jest/bin/jest.js')];
// What looks at all modules at once.
const whole = [
  'tests/contract',
  'tests/security',
  'tests/architecture/(?:imports|state)',
  'tests/db/migrations',
];

const stepsOf = (names: readonly string[], isFull: boolean): Step[] => [
  { name: 'remove', argsIn: () => script('remove.ts', 'module', ...names) },
  { name: 'types', argsIn: () => bin('typescript/bin/tsc', '--noEmit') },
  {
    name: 'lint',
    argsIn: (folder) => bin('eslint/bin/eslint.js', '--max-warnings=0', ...changedSources(folder)),
  },
  { name: 'format', argsIn: () => bin('prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn') },
  {
    name: 'imports',
    argsIn: () =>
      bin('dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs'),
  },
  { name: 'generated', argsIn: () => script('generate-files.ts', '--check') },
  { name: 'migrations', argsIn: () => script('generate-migration.ts', '--check') },
  { name: 'tests', argsIn: () => [...jest, ...(isFull ? [] : whole), '--silent', '--reporters=default'] },
];

const tree = new Tree(resolve(import.meta.dirname, '..'));

/** What the removal has changed: the types see to the rest, and to lint everything takes minutes. */
const changedSources = (folder: string): string[] => {
  const left = new Tree(folder);
  return left
    .list()
    .filter((path) => isSource(path) && (!tree.has(path) || tree.read(path) !== left.read(path)));
};

/** The steps that failed, with what they said. */
async function tryIn(folder: string, steps: readonly Step[]): Promise<string[]> {
  copyTree(tree, folder);
  const failed: string[] = [];
  for (const { name, argsIn } of steps) {
    const args = argsIn(folder);
    const { code, output } = await runStep(process.execPath, args, folder);
    if (code === 0) continue;
    failed.push(`--- ${name}\n${output}`);
    if (name === 'remove') return failed;
  }
  return failed;
}

const usage = `Removes each removable module from a copy of this clone, and all of them, and checks what is left:
  npm run check:removals
  npm run check:removals -- <name> all
Options:
  --full         runs all tests
  --only STEP    runs this step alone, such as tests; can be repeated
`;

const { values, positionals } = readCommandLine(usage, {
  allowPositionals: true,
  options: { full: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const modules = findModules(tree);
const all = removable(modules).map(({ name }) => name);
const cases = [...all.map((name) => withUsers([name], modules)), all].filter(
  ([name = ''], index) => positionals.length === 0 || positionals.includes(index < all.length ? name : 'all'),
);

for (const names of cases) {
  const { path: folder, remove } = await makeTemporaryFolder('removal');
  const began = performance.now();
  try {
    const steps = stepsOf(names, values.full === true);
    const asked = steps.filter(({ name }) => name === 'remove' || (values.only?.includes(name) ?? true));
    const failed = await tryIn(folder, asked);
    const seconds = Math.round((performance.now() - began) / 1000);
    const verdict = failed.length === 0 ? 'ok' : 'FAILED';
    process.stdout.write(`${verdict.padEnd(7)} ${String(seconds).padStart(4)} s  ${names.join(' ')}\n`);
    for (const text of failed) process.stdout.write(`${text}\n`);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    await remove();
  }
}
