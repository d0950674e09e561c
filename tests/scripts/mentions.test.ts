import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findMentions } from '../../scripts/kit/remove/mentions.ts';
import type { Module } from '../../scripts/kit/remove/modules.ts';
import { Tree } from '../../scripts/kit/remove/tree.ts';

const parcels: Module = {
  name: 'parcels',
  uses: [],
  note: { words: ['parcel label'], unrelated: ['docs/other'] },
};

const ofParcels = {
  'src/api/parcels/index.ts': `export const parcelsModule = defineModule({
  name: 'parcels',
  path: '/parcels',
  permissions: { 'freight:send': 'Send parcels' },
});
export const parcelSent = defineEvent({ type: 'freight.sent' });
`,
  'src/api/parcels/parcel.errors.ts': "export const lost = ['conflict', 'PARCELS_LOST'];\n",
  'docs/freight.md': '# Shipping\n',
};
const manifest = (...scripts: string[]): string =>
  JSON.stringify({ scripts: Object.fromEntries(scripts.map((name) => [name, 'node .'])) });

describe('findMentions', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mentions-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Removes the module `parcels` from a tree with these files. Returns the lines that still mention the module. */
  function mentionsIn(files: Readonly<Record<string, string>>): string[] {
    const all = { 'package.json': manifest('ship:all', 'labels', 'dev'), ...ofParcels, ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const after = new Tree(folder);
    for (const path of Object.keys(ofParcels)) after.delete(path);
    after.write('package.json', manifest('dev'));
    return findMentions(new Tree(folder), after, [parcels]).map(
      ({ path, line, term }) => `${path}:${line} ${term}`,
    );
  }

  it.each([
    ['the name of the module', 'See parcels.', 'parcels'],
    ['a word of its removal.json, in any case', 'Print a Parcel label.', 'parcel label'],
    ['a script with a colon', 'Then ship:all.', 'ship:all'],
    ['another script, behind npm run', 'Use `npm run -s labels`.', 'labels'],
    ['a page', '[Shipping](freight.md)', 'freight.md'],
    ['a permission', 'Scope `freight:send`.', 'freight:send'],
    ['an event', 'Subscribe to `freight.sent`.', 'freight.sent'],
    ['an error code', 'Fails with PARCELS_LOST.', 'PARCELS_LOST'],
    ['an export', 'Call parcelSent.', 'parcelSent'],
    ['a path', 'Call `POST /parcels`.', '/parcels'],
    ['a path below the root path', "GET('/api/v1/parcels')", '/parcels'],
    ['a folder', 'Look into src/api.', 'src/api'],
  ])('finds %s', (_, text, term) => {
    expect(mentionsIn({ 'README.md': `# Title\n\n${text}\n` })).toEqual([`README.md:3 ${term}`]);
  });

  it.each(['Use `npm run dev`.', 'The labels of it.', 'my-parcels', 'a.parcels.b', 'parcelsModules'])(
    'finds no mention in %j',
    (text) => {
      expect(mentionsIn({ 'README.md': text })).toEqual([]);
    },
  );

  it('ignores files where the words have another meaning', () => {
    const files = {
      'docs/other/a.md': 'Parcels and parcel labels of others: parcels.',
      'docs/others.md': 'parcels',
    };
    expect(mentionsIn(files)).toEqual(['docs/others.md:1 parcels']);
  });

  it('does not find a name that other sources declare', () => {
    const other = "export const lost = ['conflict', 'PARCELS_LOST'];\n";
    const files = { 'src/api/mail/mail.errors.ts': other, 'README.md': 'PARCELS_LOST' };
    expect(mentionsIn(files)).toEqual([]);
  });

  it('reads comments, sentences and templates of sources, but no code', () => {
    const source = [
      'const a = /https:\\/\\/parcels/;',
      'const b = parcels; // of parcels',
      "const c = ['parcels', 'in parcels'];",
      'const d = `of ${b}, in parcels`;',
      '/* two',
      '   parcels */',
    ];
    expect(mentionsIn({ 'src/core/a.ts': source.join('\n') })).toEqual(
      [2, 3, 4, 6].map((line) => `src/core/a.ts:${line} parcels`),
    );
  });

  it.each(['tests/a.ts', 'src/core/a.test.ts', 'src/api/mail/removal.json', 'CHANGELOG.md', 'openapi.json'])(
    'does not read %s',
    (path) => {
      expect(mentionsIn({ [path]: '// of parcels' })).toEqual([]);
    },
  );
});
