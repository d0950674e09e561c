// Runs before every npm script and reports common problems in clear words instead of a stack trace. This script is
// plain JavaScript without dependencies. Its arguments are files that must exist. With arguments, it checks only the
// dependencies for production.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = new URL('../', import.meta.url);

const has = (path) => existsSync(new URL(path, root));
const readJson = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** Returns what is wrong with this version of Node, and what to do. Returns null if the version is fine. */
export function nodeIssue() {
  const { engines } = readJson('package.json');
  const range = engines && engines.node ? engines.node : '';
  const least = /^>=\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range);
  if (least === null || isAtLeast(process.versions.node, least.slice(1))) return null;
  return {
    message: `${process.versions.node} is too old; package.json requires ${range}`,
    fix: 'nvm install, or https://nodejs.org',
  };
}

function isAtLeast(version, least) {
  const numbers = version.split('.').map(Number);
  const different = numbers.findIndex((number, index) => number !== Number(least[index] || 0));
  return different === -1 || numbers[different] > Number(least[different] || 0);
}

/** Returns the arguments. For `--help`, prints the usage. For an unknown option, exits with 1. */
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

function dependencyIssue(isProduction) {
  if (has('.pnp.cjs') && !has('node_modules/'))
    return "Yarn's Plug'n'Play is not supported. Set `nodeLinker: node-modules` in .yarnrc.yml and run `yarn install`.";
  if (!has('node_modules/')) return 'The dependencies are not installed. Run `npm ci`.';
  const { dependencies = {}, devDependencies = {} } = readJson('package.json');
  const names = Object.keys(isProduction ? dependencies : { ...dependencies, ...devDependencies });
  const missing = names.find((name) => !has(`node_modules/${name}/package.json`));
  if (missing !== undefined) return `The dependency ${missing} is not installed. Run \`npm ci\`.`;
  return isProduction ? null : platformIssue();
}

// Returns the problem if node_modules was installed for another system. esbuild has one package with binaries for each
// system, so the installed package shows the system.
function platformIssue() {
  const system = `${process.platform}-${process.arch}`;
  if (!has('node_modules/@esbuild/') || has(`node_modules/@esbuild/${system}/package.json`)) return null;
  return `node_modules was installed for another system than ${system}. Delete it and run \`npm ci\`.`;
}

function issues(files) {
  const node = nodeIssue();
  if (node !== null) return [`Node ${node.message}. Install a newer one: ${node.fix}.`];
  const dependencies = dependencyIssue(files.length > 0);
  if (dependencies !== null) return [dependencies];
  return files
    .filter((file) => !has(file))
    .map((file) => `${file} does not exist. Run \`npm run build\` first.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const usage =
    'Checks the Node version, the dependencies and that these files exist:\n  node scripts/preflight.js [file …]\n';
  for (const issue of issues(readArguments(usage, (arg) => !arg.startsWith('-')))) {
    process.stderr.write(`${issue}\n`);
    process.exitCode = 1;
  }
}
