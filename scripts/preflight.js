// Runs before `dev`, `start` and `start:worker`, as plain JavaScript without libraries: what is missing here would
// otherwise show up as a stack trace of Node itself. The arguments are files that must be there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = new URL('../', import.meta.url);

/** What is wrong with the Node that runs this, and what to do; null when it will do. */
export function nodeFault() {
  const { engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const range = engines && engines.node ? engines.node : '';
  const least = /^>=\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range);
  if (least === null || isAtLeast(process.versions.node, least.slice(1))) return null;
  return {
    message: `${process.versions.node} is too old: package.json asks for ${range}`,
    fix: 'nvm install, or https://nodejs.org',
  };
}

function isAtLeast(version, least) {
  const numbers = version.split('.').map(Number);
  const different = numbers.findIndex((number, index) => number !== Number(least[index] || 0));
  return different === -1 || numbers[different] > Number(least[different] || 0);
}

/** Prints the usage for `--help`, and refuses options that are not known; otherwise returns the arguments. */
export function readArguments(usage, known) {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const unknown = args.find((arg) => !known(arg));
  if (unknown === undefined) return args;
  const kind = unknown.startsWith('-') ? 'Unknown option' : 'Unexpected argument';
  process.stderr.write(`${kind} '${unknown}'.\n${usage}`);
  process.exit(1);
}

function faults(files) {
  const node = nodeFault();
  if (node !== null) return [`Node ${node.message}: ${node.fix}.`];
  if (!existsSync(new URL('node_modules/', root)))
    return ['The dependencies are not installed: run `npm ci`.'];
  return files
    .filter((file) => !existsSync(new URL(file, root)))
    .map((file) => `There is no ${file}: run \`npm run build\` first.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const usage =
    'Checks Node, the dependencies and that these files exist:\n  node scripts/preflight.js [file …]\n';
  for (const fault of faults(readArguments(usage, (arg) => !arg.startsWith('-')))) {
    process.stderr.write(`${fault}\n`);
    process.exitCode = 1;
  }
}
