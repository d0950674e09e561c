import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMember, appendToObject } from '../../scripts/kit/generate/typescript.ts';
import { makeClone, type Clone } from '../helpers/clone.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

// The test runs type checks and tests in a copy of the clone. That takes minutes on a slow machine.
const timeoutMs = 900_000;

const pagePath = 'docs/adding-a-module.md';

/** A change that the page describes: lines to add to a class or an object in a file. */
interface Addition {
  readonly file: string;
  readonly place: string;
  readonly lines: string;
}

/** Returns the section of the page with this heading. */
function sectionOf(page: string, heading: string): string {
  const [, text] = page.split(`## ${heading}\n`);
  if (text === undefined) throw new Error(`${pagePath} has no section "${heading}".`);
  return text.split(/^#{2,3} /m)[0] ?? '';
}

const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, body = '']) =>
    of === language ? [body] : [],
  );

const additionsOf = (text: string): Addition[] =>
  blocksOf(text, 'ts').flatMap((block) =>
    [...block.matchAll(/^\/\/ (\S+), in (\w+)\n((?:(?!\/\/).*\n)+)/gm)].map(
      ([, file = '', place = '', lines = '']) => ({ file, place, lines: lines.trim() }),
    ),
  );

const add = (path: string, text: string, { place, lines }: Addition): string =>
  path.endsWith('.model.ts')
    ? addMember(path, text, place, lines)
    : appendToObject(path, text, place, lines.replace(/,$/, ''));

/** Splits the arguments of `npm run generate …` in the same way as a shell. */
const argumentsOf = (command: string): string[] =>
  [...command.trim().matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain ?? '')
    .slice(3)
    .filter((argument) => argument !== '--');

describe('the field added in docs/adding-a-module.md', () => {
  const name = databaseName('first_change');
  let clone: Clone;
  let section: string;
  let commands: string[];

  beforeAll(async () => {
    clone = makeClone();
    clone.write('.env.local', `DATABASE_URL=${await createEmptyDatabase(name)}\n`);
    section = sectionOf(clone.read(pagePath), 'Add a field by hand');
    commands = blocksOf(section, 'sh');
  });
  afterAll(async () => {
    clone.remove();
    await dropDatabase(name);
  });

  /** Runs the checks and tests of products. Returns the failed steps. */
  const failures = (): { step: string; output: string }[] => {
    const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--maxWorkers=1'];
    const steps: Readonly<Record<string, readonly string[]>> = {
      types: ['node_modules/typescript/bin/tsc', '--noEmit'],
      generated: ['--import', 'tsx', 'scripts/generate-files.ts', '--check'],
      migrations: ['--import', 'tsx', 'scripts/generate-migration.ts', '--check'],
      tests: [...jest, 'tests/api/products', 'tests/api/product-imports/run', 'tests/contract/privacy'],
    };
    return Object.entries(steps).flatMap(([step, args]) => {
      const { code, output } = clone.runNode(...args);
      return code === 0 ? [] : [{ step, output }];
    });
  };

  it(
    'passes all checks when added by hand',
    () => {
      const additions = additionsOf(section);
      expect(new Set(additions.map(({ file }) => file)).size).toBe(3);
      for (const addition of additions) {
        const path = `src/api/products/${addition.file}`;
        clone.write(path, add(path, clone.read(path), addition));
      }
      const { code, output } = clone.runScript('generate', ...argumentsOf(commands[0] ?? ''));
      expect([code, output]).toEqual([0, expect.stringMatching(/^Written: /)]);
      expect(clone.read('openapi.json')).toContain('"color"');
      expect(failures()).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'passes all checks when added by the generator',
    () => {
      clone.restore();
      const { code, output } = clone.runScript('generate', ...argumentsOf(commands[1] ?? ''));
      expect([code, output]).toEqual([0, expect.stringContaining('Field color of products')]);
      expect(failures()).toEqual([]);
    },
    timeoutMs,
  );
});
