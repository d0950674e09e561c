import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { removable, withDependents } from './kit/remove/choose.ts';
import { copyTree } from './kit/remove/copy.ts';
import { languagesOf } from './kit/remove/language.ts';
import { findMentions } from './kit/remove/mentions.ts';
import { findModules, isSource } from './kit/remove/modules.ts';
import { Tree } from './kit/remove/tree.ts';
import { runStep } from './lib/run-step.ts';
import { makeTemporaryFolder } from './lib/temporary-folder.ts';

// Tests the removal of modules and languages in copies of this clone. One copy loses an optional module and all modules
// that depend on it. Another loses all optional modules, and another a language. After each removal, the checks must
// pass, and no text may still mention what was removed.

interface Step {
  readonly name: string;
  /** Runs the step. Returns its output if the step fails, otherwise null. */
  readonly run: (folder: string) => Promise<string | null>;
}

interface Case {
  readonly label: string;
  readonly names: readonly string[];
  /** The script that removes these modules, and its arguments. */
  readonly command: readonly string[];
}

const bin = (path: string, ...args: string[]): string[] => [`node_modules/${path}`, ...args];
const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', `scripts/${path}`, ...args];
const jest = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', ...bin('jest/bin/jest.js')];
// Tests that cover all modules.
const crossModuleTests = [
  'tests/contract',
  'tests/security',
  'tests/architecture/(?:imports|state)',
  'tests/db/migrations',
];

const tree = new Tree(resolve(import.meta.dirname, '..'));
const modules = findModules(tree);
const all = removable(modules).map(({ name }) => name);

/** Returns a step that runs Node with these arguments. */
const node = (name: string, ...args: string[]): Step => ({
  name,
  run: async (folder) => {
    const { code, output } = await runStep(process.execPath, args, folder);
    return code === 0 ? null : output;
  },
});

/** Lints only the changed files, because linting everything takes minutes. The type check covers the other files. */
const lint: Step = {
  name: 'lint',
  run: async (folder) => {
    const left = new Tree(folder);
    const changed = left
      .list()
      .filter((path) => isSource(path) && (!tree.has(path) || tree.read(path) !== left.read(path)));
    return node('lint', ...bin('eslint/bin/eslint.js', '--max-warnings=0', ...changed)).run(folder);
  },
};

const mentions = (names: readonly string[]): Step => ({
  name: 'mentions',
  run: (folder) => {
    const removed = names.flatMap((name) => modules.get(name) ?? []);
    const found = findMentions(tree, new Tree(folder), removed);
    const lines = found.map(({ path, line, term, text }) => `${path}:${line} mentions "${term}": ${text}`);
    return Promise.resolve(lines.length === 0 ? null : lines.join('\n'));
  },
});

function suitesAfter(isFull: boolean): Step[] {
  const quiet = ['--silent', '--reporters=default'];
  if (!isFull) return [node('tests', ...jest, ...crossModuleTests, ...quiet)];
  return [node('tests', ...jest, ...quiet), node('e2e', ...jest, '--config', 'jest.e2e.config.js', ...quiet)];
}

const stepsAfter = (names: readonly string[], isFull: boolean): Step[] => [
  mentions(names),
  node('types', ...bin('typescript/bin/tsc', '--noEmit')),
  lint,
  node('format', ...bin('prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn')),
  node(
    'imports',
    ...bin('dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs'),
  ),
  node('generated', ...script('generate-files.ts', '--check')),
  node('migrations', ...script('generate-migration.ts', '--check')),
  ...suitesAfter(isFull),
];

/** Runs the steps in a copy of the clone. Returns the names of the failed steps with their output. */
async function tryIn(folder: string, remove: Step, steps: readonly Step[]): Promise<string[]> {
  copyTree(tree, folder);
  const failed: string[] = [];
  for (const { name, run } of [remove, ...steps]) {
    const failure = await run(folder);
    if (failure === null) continue;
    failed.push(`--- ${name}\n${failure}`);
    if (name === remove.name) return failed;
  }
  return failed;
}

const usage = `Removes each optional module and each language but English from a copy of this clone, and all modules from another, and checks
the rest:
  npm run check:removals
  npm run check:removals -- <name> all
Options:
  --full         runs all tests, with those that start processes as step e2e
  --only STEP    runs only this step, such as tests; repeatable
`;

const { values, positionals } = readCommandLine(usage, {
  allowPositionals: true,
  options: { full: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});

const removal = (label: string, names: readonly string[]): Case => ({
  label,
  names,
  command: script('remove.ts', 'module', ...names),
});
const cases = [
  ...all.map((name) => removal(name, withDependents([name], modules))),
  ...(all.length > 0 ? [removal('all', all)] : []),
  ...languagesOf(tree)
    .slice(1)
    .map((language) => ({
      label: `language-${language}`,
      names: [],
      command: script('remove.ts', 'language', language),
    })),
  // #region template
  // Runs `npm run init` with the choice to keep no optional module.
  {
    label: 'init',
    names: all,
    command: script(
      'init.ts',
      ...[
        '--name',
        'Acme Shop',
        '--description',
        'Lamps.',
        '--holder',
        'Acme Ltd',
        '--keep',
        'none',
        '--yes',
      ],
    ),
  },
  // #endregion
];
const unknown = positionals.filter((name) => name !== 'all' && !cases.some(({ label }) => label === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such case: ${unknown.join(', ')}. Choose from ${cases.map(({ label }) => label).join(', ')}.\n`,
  );
  process.exit(1);
}

// Delete this variable, because it promises tests/e2e a build, and the copy has none.
delete process.env['TEST_BUILT'];

const chosen = cases.filter(({ label }) => positionals.length === 0 || positionals.includes(label));
if (chosen.length === 0) process.stdout.write('This clone has no removable module.\n');
for (const { label, names, command } of chosen) {
  const { path: folder, remove } = await makeTemporaryFolder('removal');
  const began = performance.now();
  try {
    const steps = stepsAfter(names, values.full === true);
    const selected = steps.filter(({ name }) => values.only?.includes(name) ?? true);
    const failed = await tryIn(folder, node('remove', ...command), selected);
    const seconds = Math.round((performance.now() - began) / 1000);
    const result = failed.length === 0 ? 'ok' : 'FAILED';
    process.stdout.write(
      `${result.padEnd(7)} ${String(seconds).padStart(4)} s  ${label}: ${names.join(' ')}\n`,
    );
    for (const text of failed) process.stdout.write(`${text}\n`);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    await remove();
  }
}
