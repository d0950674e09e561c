// This script is plain JavaScript without dependencies, so that it also runs before `npm ci` and on an outdated version
// of Node. In these cases, it reports the problem and skips the other checks, which are in scripts/doctor/.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeIssue, readArguments, root } from './preflight.js';

const usage = `Checks this machine and the setup of the service and suggests fixes:
  npm run doctor
Options:
  --json         prints the findings as JSON
`;
const isJson = readArguments(usage, (arg) => arg === '--json').includes('--json');
const loader = new URL('node_modules/tsx/dist/esm/api/index.mjs', root);

async function main() {
  const issue = nodeIssue();
  if (issue !== null) return end([{ status: 'FAIL', name: 'node', ...issue }]);
  if (!existsSync(loader)) {
    const message = 'not installed; the other checks were skipped';
    return end([
      { status: 'ok', name: 'node', message: process.versions.node },
      { status: 'FAIL', name: 'dependencies', message, fix: 'npm ci' },
    ]);
  }
  // Load the service first, in a child process, because loading takes longest.
  const facts = fork(fileURLToPath(new URL('doctor/facts.ts', import.meta.url)), [], {
    // Read settings from the current folder, but code from this clone.
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
