// Runs before every npm script, as plain JavaScript without libraries: what is missing here would otherwise show up as a
// stack trace of Node itself. The arguments are files that must be there: then only what production needs is looked for.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = new URL('../', import.meta.url);

const has = (path) => existsSync(new URL(path, root));
const readJson = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** Returns what is wrong with the Node that runs this, and what to do; null if it will do. */
export function nodeFault() {
  const { engines } = readJson('package.json');
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

function dependencyFault(isProduction) {
  if (has('.pnp.cjs') && !has('node_modules/'))
    return "Yarn's Plug'n'Play is not supported: set `nodeLinker: node-modules` in .yarnrc.yml and run `yarn install`.";
  if (!has('node_modules/')) return 'The dependencies are not installed: run `npm ci`.';
  const { dependencies = {}, devDependencies = {} } = readJson('package.json');
  const names = Object.keys(isProduction ? dependencies : { ...dependencies, ...devDependencies });
  const missing = names.find((name) => !has(`node_modules/${name}/package.json`));
  if (missing !== undefined)
    return `The dependencies are not complete (${missing} is not installed): run \`npm ci\`.`;
  return isProduction ? null : platformFault();
}

// The program that runs TypeScript is made for one system: it tells for which one node_modules was installed.
function platformFault() {
  const system = `${process.platform}-${process.arch}`;
  if (!has('node_modules/@esbuild/') || has(`node_modules/@esbuild/${system}/package.json`)) return null;
  return `node_modules was installed on another system than this one (${system}): delete it and run \`npm ci\`.`;
}

function faults(files) {
  const node = nodeFault();
  if (node !== null) return [`Node ${node.message}: ${node.fix}.`];
  const dependencies = dependencyFault(files.length > 0);
  if (dependencies !== null) return [dependencies];
  return files
    .filter((file) => !has(file))
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
