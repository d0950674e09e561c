import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { compareDocuments, type NamedChange } from './contract/compare.ts';
import type { OpenApi } from './contract/document.ts';
import { findLastRelease, readRelease } from './contract/release.ts';
import { mayBreak } from './contract/version.ts';

const usage = `Compares openapi.json with the last release and fails if existing clients would break:
  npm run check:contract
Options:
  --base REF     compares with this git ref or file
`;

const root = resolve(import.meta.dirname, '..');
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(resolve(root, name), 'utf8')) as unknown;

const shownOperations = 3;

function describe({ isBreaking, operations, text }: NamedChange): string {
  const shown = operations.slice(0, shownOperations).join(', ');
  const rest = operations.length - shownOperations;
  return `  ${isBreaking ? 'breaking' : 'addition'}  ${shown}${rest > 0 ? ` and ${rest} more` : ''}: ${text}.`;
}

async function main(): Promise<number> {
  const { values } = readCommandLine(usage, { options: { base: { type: 'string' } } });
  const name = values.base ?? (await findLastRelease(root));
  if (name === null) {
    print('No release to compare with: this commit has no earlier tag v<major>.<minor>.<patch>.');
    return 0;
  }
  const release = await readRelease(root, name);
  if (release === null && values.base === undefined) {
    print(`No document to compare with: ${name} has no openapi.json.`);
    return 0;
  }
  if (release === null) {
    process.stderr.write(
      `${name} is neither a git ref with an openapi.json nor a file. Pass one of these as --base.\n`,
    );
    return 1;
  }

  const changes = compareDocuments(release.document, (await readJson('openapi.json')) as OpenApi);
  const broken = changes.filter(({ isBreaking }) => isBreaking);
  print(`Changes since ${name}: ${broken.length} breaking, ${changes.length - broken.length} others.`);
  for (const change of changes) print(describe(change));
  if (broken.length === 0) return 0;

  const { version } = (await readJson('package.json')) as { version: string };
  if (release.version !== null && mayBreak(release.version, version)) {
    print(`Version ${version} may break clients of ${release.version}.`);
    return 0;
  }
  print('Clients would break. Revert these changes, or increase the major version in package.json.');
  return 1;
}

process.exitCode = await main();
