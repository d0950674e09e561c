import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';
import { compareDocuments, type NamedChange } from './contract/compare.ts';
import type { OpenApi } from './contract/document.ts';
import { findLastRelease, readRelease } from './contract/release.ts';
import { mayBreak } from './contract/version.ts';

// Compares openapi.json with that of the last release, and fails when clients of that would break.

const usage = `Compares openapi.json with that of the last release and fails if clients of that would break:
  npm run check:contract
Options:
  --base REF     compares with this git ref, or with this file
`;

const root = resolve(import.meta.dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(resolve(root, name), 'utf8')) as unknown;

const shownOperations = 3;

function tell({ isBreaking, operations, text }: NamedChange): string {
  const shown = operations.slice(0, shownOperations).join(', ');
  const rest = operations.length - shownOperations;
  return `  ${isBreaking ? 'breaking' : 'addition'}  ${shown}${rest > 0 ? ` and ${rest} more` : ''}: ${text}.`;
}

async function main(): Promise<number> {
  const { values } = readCommandLine(usage, { options: { base: { type: 'string' } } });
  const name = values.base ?? (await findLastRelease(root));
  if (name === null) {
    say('There is no release to compare with: no tag v<major>.<minor>.<patch> leads to this commit.');
    return 0;
  }
  const release = await readRelease(root, name);
  if (release === null && values.base === undefined) {
    say(`${name} has no openapi.json: there is nothing to compare with.`);
    return 0;
  }
  if (release === null) {
    process.stderr.write(`${name} is no git ref with an openapi.json, and no file: name one of these.\n`);
    return 1;
  }

  const changes = compareDocuments(release.document, (await readJson('openapi.json')) as OpenApi);
  const broken = changes.filter(({ isBreaking }) => isBreaking);
  say(`Since ${name}: ${broken.length} breaking, ${changes.length - broken.length} others.`);
  for (const change of changes) say(tell(change));
  if (broken.length === 0) return 0;

  const { version } = (await readJson('package.json')) as { version: string };
  if (release.version !== null && mayBreak(release.version, version)) {
    say(`Version ${version} may break what ${release.version} promised.`);
    return 0;
  }
  say('Clients would break: take these changes back, or raise the major version in package.json.');
  return 1;
}

process.exitCode = await main();
