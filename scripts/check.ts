import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { readCommandLine, refuse } from '../src/utils/command-line.ts';
import { findChangedFiles } from './check/changed-files.ts';
import { cacheFolder, checks, quickChecks, type Check } from './check/checks.ts';
import { runChecks, type Result } from './check/run-checks.ts';
import { runStep } from './lib/run-step.ts';

const names = checks.map(({ name }) => name);

const usage = `Runs the static checks in parallel and reports all failures:
  npm run check
  npm run check -- lint types
  npm run check:quick
Checks: ${names.join(', ')}.
Options:
  --quick        checks types, and lints and formats only the files that differ from main
  --fresh        deletes the caches first; lint caches do not notice changes in imported files
`;
const { positionals, values } = readCommandLine(usage, {
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, fresh: { type: 'boolean' } },
});
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined) refuse(`Unknown check "${unknown}".\n${usage}`);
if (values.quick === true && positionals.length > 0)
  refuse(`--quick selects the checks itself. Omit ${positionals.join(', ')}.\n${usage}`);

const root = resolve(import.meta.dirname, '..');

function chooseChecks(): readonly Check[] {
  if (values.quick === true)
    return quickChecks(findChangedFiles(root) ?? refuse('--quick needs git. Run `npm run check` instead.'));
  return positionals.length === 0 ? checks : checks.filter(({ name }) => positionals.includes(name));
}

function report({ name, isOk, output, seconds }: Result): void {
  process.stdout.write(
    `${isOk ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)}  ${seconds.toFixed(1).padStart(5)} s\n`,
  );
  if (!isOk) process.stdout.write(`${output.trimEnd()}\n\n`);
}

if (values.fresh === true) rmSync(join(root, cacheFolder), { recursive: true, force: true });
const chosen = chooseChecks();
const failed = await runChecks(chosen, {
  run: (args) => runStep(process.execPath, args, root),
  parallel: availableParallelism(),
  report,
});
if (failed.length > 0) {
  process.stdout.write(`${failed.length} of ${chosen.length} checks failed: ${failed.join(', ')}.\n`);
  process.exitCode = 1;
}
