import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFor, withEntry, withExample, withoutEntry } from '../../scripts/kit/language-texts.ts';
import { makeClone, type Clone } from '../helpers/clone.ts';

const lines = (...all: string[]): string => `${all.join('\n')}\n`;

describe('the entry of a language', () => {
  const joined = lines(
    "import { defineMessages } from '../../core/messages.ts';",
    "import { en } from './note.messages.en.ts';",
    "import { fr } from './note.messages.fr.ts';",
    '',
    'export const noteMessages = defineMessages({ en, fr });',
  );
  const both = joined
    .replace(/(?=import \{ fr)/, "import { es } from './note.messages.es.ts';\n")
    .replace('{ en, fr }', '{ en, fr, es }');

  it('is added to a file that joins texts, and removed again', () => {
    expect(withEntry(joined, 'es')).toBe(both);
    expect(withoutEntry(both, 'es')).toBe(joined);
  });

  it('is added to the list of languages, and removed again', () => {
    const list = "export const languages = ['en', 'fr'] as const;\n";
    expect(withEntry(list, 'es')).toBe("export const languages = ['en', 'fr', 'es'] as const;\n");
    expect(withoutEntry(list, 'fr')).toBe("export const languages = ['en'] as const;\n");
  });

  it('is not added to an import', () => {
    const line = "import type { en } from './note.messages.en.ts';\n";
    expect(withEntry(line, 'es')).toBe(line);
  });
});

describe('the copy of an English file', () => {
  it('has the type of the English texts', () => {
    expect(copyFor('fr', 'note.messages', lines('export const en = {', '  greeting: "Hello",', '};'))).toBe(
      lines(
        "import type { en } from './note.messages.en.ts';",
        '',
        'export const fr: typeof en = {',
        '  greeting: "Hello",',
        '};',
      ),
    );
  });

  it('imports that type after the other imports', () => {
    const english = lines("import { text } from '../mail/index.ts';", '', 'export const en = {};');
    expect(copyFor('fr', 'note.messages', english)).toBe(
      lines(
        "import { text } from '../mail/index.ts';",
        "import type { en } from './note.messages.en.ts';",
        '',
        'export const fr: typeof en = {};',
      ),
    );
  });

  it('keeps a declared type', () => {
    expect(copyFor('fr', 'page.messages', 'export const en: PageTexts = {};\n')).toBe(
      'export const fr: PageTexts = {};\n',
    );
  });

  it('follows the English example in a page, in a region', () => {
    const page = lines('```ts', '// src/note.messages.en.ts', 'export const en: T = {};', '```');
    expect(withExample(page, 'fr')).toBe(
      page +
        lines(
          '',
          '<!-- #region fr -->',
          '',
          '```ts',
          '// src/note.messages.fr.ts',
          'export const fr: T = {};',
          '```',
          '',
          '<!-- #endregion -->',
        ),
    );
  });
});

describe('a language of a clone', () => {
  let clone: Clone;

  beforeAll(() => {
    clone = makeClone();
  });
  afterAll(() => {
    clone.remove();
  });

  it.each([
    [['generate', 'language', 'xx'], '"xx" is not a language code'],
    [['generate', 'language', 'en'], 'The language en is already in src/core/languages.ts.'],
    [['remove', 'language', 'en'], 'en cannot be removed: '],
    [['remove', 'language', 'fr'], 'There is no language "fr" in src/core/languages.ts.'],
    [['remove', 'language'], 'Name the modules or the language to remove.'],
  ])('rejects %j and changes nothing', ([script = '', ...args], reason) => {
    const { code, output } = clone.runScript(script, ...args);
    expect([code, output]).toEqual([1, expect.stringContaining(reason)]);
    expect(clone.status()).toEqual([]);
  });

  it('is added with a copy of each English file, and removed without a trace', () => {
    const english = clone.list('src').filter((path) => path.endsWith('.messages.en.ts'));
    const added = clone.runScript('generate', 'language', 'fr');
    expect([added.code, added.output]).toEqual([0, expect.stringContaining('npm run remove language fr')]);
    expect(clone.list('src').filter((path) => path.endsWith('.messages.fr.ts'))).toEqual(
      english.map((path) => path.replace(/en\.ts$/, 'fr.ts')),
    );
    expect(clone.read('src/core/languages.ts')).toMatch(/languages = \[.*'fr'\] as const/);
    const rejected = clone.runScript('remove', 'language', 'fr');
    expect([rejected.code, rejected.output]).toEqual([1, expect.stringContaining('pass --force')]);
    const removed = clone.runScript('remove', 'language', 'fr', '--force');
    expect([removed.code, removed.output]).toEqual([0, expect.stringContaining('Removed the language fr.')]);
    expect(clone.status()).toEqual([]);
  });

  // #region de
  it('is removed with its files, regions and entries', () => {
    const { code, output } = clone.runScript('remove', 'language', 'de');
    expect([code, output]).toEqual([0, expect.stringContaining('Removed the language de.')]);
    expect(clone.list('').filter((path) => /\.de\.(?:test\.)?ts$/.test(path))).toEqual([]);
    expect(clone.read('src/core/languages.ts')).not.toContain("'de'");
    expect(clone.read('tests/core/languages.test.ts')).not.toContain('#region');
  });
  // #endregion
});
