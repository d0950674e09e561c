// Plain JavaScript without libraries, so that it also runs before `npm ci` and under a Node that is too old: then it says
// so, and that the rest cannot be looked at. All else is in scripts/doctor/.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeFault, readArguments, root } from './preflight.js';

const usage = `Checks this machine and the setup of the service, and says what mends what it finds:
  npm run doctor
Options:
  --json         prints the findings as JSON
`;
const isJson = readArguments(usage, (arg) => arg === '--json').includes('--json');
const loader = new URL('node_modules/tsx/dist/esm/api/index.mjs', root);

async function main() {
  const fault = nodeFault();
  if (fault !== null) return end([{ status: 'FAIL', name: 'node', ...fault }]);
  if (!existsSync(loader)) {
    const message = 'not installed; without them nothing else can be looked at';
    return end([
      { status: 'ok', name: 'node', message: process.versions.node },
      { status: 'FAIL', name: 'dependencies', message, fix: 'npm ci' },
    ]);
  }
  // What the code of the service says of itself takes the longest to load: in a process beside this one, from the start.
  const facts = fork(fileURLToPath(new URL('doctor/facts.ts', import.meta.url)), [], {
    // The settings are those of the folder it is called in, the code is that of this clone.
    env: { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('tsconfig.json', root)) },
    execArgv: ['--import', new URL('node_modules/tsx/dist/esm/index.mjs', root).href],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { register } = await import(loader.href);
  register();
  const { runDoctor } = await import('./doctor/run.ts');
  process.exit(await runDoctor(facts, { isJson }));
}

function end(checks) {
  if (isJson) process.stdout.write(`${JSON.stringify({ isHealthy: false, checks }, null, 2)}\n`);
  else
    for (const { status, name, message, fix } of checks)
      process.stdout.write(
        `${status.padEnd(4)}  ${name.padEnd(12)}  ${message}${fix === undefined ? '' : `  ->  ${fix}`}\n`,
      );
  process.exitCode = 1;
}

await main();
