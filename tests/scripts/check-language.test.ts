import { describe, expect, it } from '@jest/globals';
import { findHits, readAllowList } from '../../scripts/language/find-hits.ts';

const found = (path: string, text: string): string[] =>
  findHits(path, text).map((hit) => `${hit.line} ${hit.text}`);

describe('check:language', () => {
  it('reports the line, the words as written and the better form', () => {
    expect(findHits('a.ts', 'const a = 1;\n// Starts Anew.\n')).toEqual([
      { line: 2, text: 'Anew', better: 'again' },
    ]);
  });

  it('reads comments in any position', () => {
    const code = [
      '// anew',
      'const a = 1; // anew',
      'call(/* anew */ 1);',
      '/*',
      ' * anew',
      ' */',
      'const text = `${/* anew */ a}`;',
      'interface A {',
      '  /** Starts anew. */',
      '  b: string;',
      '  // anew',
      '}',
      '// anew',
    ].join('\n');
    expect(found('a.ts', code)).toEqual([1, 2, 3, 5, 7, 9, 11, 13].map((line) => `${line} anew`));
  });

  it('ignores code, strings that look like comments, and code in backticks', () => {
    const code = [
      "const anew = '// anew';",
      'const pattern = /\\/\\* anew/;',
      'const text = `// anew ${anew} /* anew */`;',
      '// `anew`',
    ].join('\n');
    expect(found('a.ts', code)).toEqual([]);
  });

  it('finds a phrase across a line break', () => {
    expect(found('a.ts', '// so that\n// nobody\n')).toEqual(['1 so that nobody']);
    expect(found('a.ts', '/**\n * Ends for\n * good.\n */\n')).toEqual(['2 for good']);
  });

  it('does not join the words of two comments around code', () => {
    expect(found('a.ts', '// for\nconst a = 1;\n// good\n')).toEqual([]);
  });

  it.each(['What', 'That', 'Of'])('rejects a doc comment that starts with "%s"', (word) => {
    expect(found('a.ts', `/** ${word} it is. */\nconst a = 1;`)).toEqual([`1 ${word}`]);
    expect(found('a.ts', `/**\n * ${word} it is.\n */\nconst a = 1;`)).toEqual([`2 ${word}`]);
    expect(found('a.ts', `// ${word} it is.\n/** Returns ${word}. */\nconst a = 1;`)).toEqual([]);
  });

  it('rejects "whose" only at the start of a sentence', () => {
    expect(found('a.ts', '// Orders. Whose they are.\n// Whose?\n// An order whose owner left.')).toEqual([
      '1 Whose',
      '1 Whose they are',
      '2 Whose',
    ]);
  });

  it('reads test names', () => {
    const code = [
      "describe('anew', () => {",
      "  it.each([['anew']])('anew %s', () => {});",
      "  it(`anew ${'x'}`, () => call('anew'));",
      '});',
    ].join('\n');
    expect(found('a.test.ts', code)).toEqual(['1 anew', '2 anew', '3 anew']);
  });

  it('reads summaries, descriptions and messages', () => {
    const code = [
      "const a = { summary: 'anew', description: 'so that ' + 'nobody anew', other: 'anew' };",
      "const b = text().description('anew').pattern('anew');",
    ].join('\n');
    expect(found('a.ts', code)).toEqual(['1 anew', '1 anew', '2 anew']);
  });

  it('reads Markdown without its code, comments and links', () => {
    const page = [
      '# What came next',
      'Starts anew, `anew`, [text](anew.md).',
      '',
      '```sh',
      'anew',
      '```',
      '<!-- anew -->',
      '# Whatever',
      'What is fine.',
    ].join('\n');
    expect(found('a.md', page)).toEqual(['1 What', '2 anew']);
  });

  it('reads the comments of YAML and shell files', () => {
    expect(found('a.yml', 'name: anew\n# anew\n')).toEqual(['2 anew']);
    expect(found('a.sh', '#!/bin/anew\necho anew\n  # anew\n')).toEqual(['3 anew']);
  });

  it('ignores other files', () => {
    expect(found('a.json', '"anew"')).toEqual([]);
  });

  it('applies the allow-list by file, by folder and by phrase', () => {
    const isAllowed = readAllowList('# comment\n\ndocs/old.md for good\nvendor/ *\n');
    const hit = (text: string) => ({ line: 1, text, better: '' });
    expect(isAllowed('docs/old.md', hit('For good'))).toBe(true);
    expect(isAllowed('docs/old.md', hit('anew'))).toBe(false);
    expect(isAllowed('docs/older.md', hit('for good'))).toBe(false);
    expect(isAllowed('vendor/a.md', hit('anew'))).toBe(true);
  });
});
