import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.ts';
import { reapChild } from '../../../dev/embedded/reap.ts';
import { readCommandLine } from '../../../src/utils/command-line.ts';
import { mutants, type Edit, type Mutant } from './list.ts';

// Tests the reliability test itself. Each mutant breaks one invariant, and the test must report exactly that invariant
// as violated.

const usage = `Breaks one invariant at a time and checks that the rig detects it:
  npm run test:mutants
Options:
  --only NAME    only the mutants with NAME in their name
`;

const root = join(import.meta.dirname, '../../..');
const seed = '20260101';

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(): Promise<boolean> {
  const { values } = readCommandLine(usage, { options: { only: { type: 'string' } } });
  const chosen = mutants.filter(({ name }) => values.only === undefined || name.includes(values.only));
  if (chosen.length === 0)
    throw new Error(
      `No mutant has "${values.only ?? ''}" in its name: see tests/reliability/mutants/list.ts.`,
    );
  let undetected = 0;
  for (const mutant of chosen) {
    const { result, output } = await withMutatedCopy(mutant, runRig);
    print(`${result.padEnd(8)}  ${mutant.invariant.padEnd(4)} ${mutant.name}`);
    if (result === 'detected') continue;
    undetected += 1;
    print(output);
  }
  print(`${chosen.length - undetected} detected, ${undetected} not detected.`);
  return undetected === 0;
}

/** Runs `use` with a copy of the service that contains the changes of the mutant. */
async function withMutatedCopy<T>(
  mutant: Mutant,
  use: (tree: string, mutant: Mutant) => Promise<T>,
): Promise<T> {
  const { path: tree, remove } = await makeTemporaryFolder('mutant');
  try {
    for (const name of ['src', 'dev', 'tests', 'scripts', 'package.json', 'tsconfig.json'])
      await cp(join(root, name), join(tree, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const edit of mutant.edits) await apply(tree, edit);
    return await use(tree, mutant);
  } finally {
    await remove();
  }
}

async function apply(tree: string, { file, find, replace }: Edit): Promise<void> {
  const path = join(tree, file);
  const parts = (await readFile(path, 'utf8')).split(find);
  if (parts.length !== 2)
    throw new Error(
      `${file} contains this text ${parts.length - 1} times instead of once. Update the mutant.\n${find}`,
    );
  await writeFile(path, parts.join(replace));
}

type Result = 'detected' | 'SURVIVED' | 'BROKEN';

async function runRig(tree: string, { invariant, run }: Mutant): Promise<{ result: Result; output: string }> {
  const { seconds, faults, every = 4 } = run;
  const args = [
    '--seed',
    seed,
    '--minutes',
    String(seconds / 60),
    '--faults',
    faults,
    '--every',
    String(every),
  ];
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/reliability/run.ts', ...args], {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  reapChild(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  // Any other exit code means that the run itself failed, so it proves nothing about the invariant.
  if (code !== 0 && code !== 1) return { result: 'BROKEN', output };
  const isDetected = code === 1 && output.includes(`VIOLATED: ${invariant},`);
  return { result: isDetected ? 'detected' : 'SURVIVED', output };
}

process.exit((await main()) ? 0 : 1);
