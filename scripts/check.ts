import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { readCommandLine, refuse } from '../src/utils/command-line.ts';

const script = (path: string, ...args: string[]): string[] => ['--import', 'tsx', `scripts/${path}`, ...args];
const bin = (path: string, ...args: string[]): string[] => [`node_modules/${path}`, ...args];
const tsc = (...args: string[]): string[] => bin('typescript/bin/tsc', ...args);

/** The commands of each check, in the order in which all of them run. */
const checks: Readonly<Record<string, readonly string[][]>> = {
  types: [tsc('--noEmit'), tsc('-p', 'clients/typescript', '--noEmit')],
  lint: [bin('eslint/bin/eslint.js', '.', '--max-warnings=0')],
  format: [bin('prettier/bin/prettier.cjs', '--check', '.')],
  imports: [
    bin('dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs'),
  ],
  generated: [script('generate-files.ts', '--check')],
  migrations: [script('generate-migration.ts', '--check')],
};
const names = Object.keys(checks);

const usage = `Runs the static checks, and stops at the first that fails:
  npm run check
  npm run check:types
Checks: ${names.join(', ')}.
`;
const { positionals } = readCommandLine(usage, { allowPositionals: true });
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined) refuse(`There is no check "${unknown}".\n${usage}`);

const cwd = resolve(import.meta.dirname, '..');
const commands = (positionals.length > 0 ? positionals : names).flatMap((name) => checks[name] ?? []);
process.exitCode = commands.every(
  (args) => spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status === 0,
)
  ? 0
  : 1;
