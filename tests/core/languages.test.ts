import { describe, expect, it } from '@jest/globals';
import { chooseLanguage, isTexts } from '../../src/core/languages.ts';

describe('chooseLanguage', () => {
  it.each([
    ['de', 'de'],
    ['en', 'en'],
    ['de-AT', 'de'],
    ['de-Latn-DE-1996', 'de'],
    ['DE-at', 'de'],
    [' de ', 'de'],
    ['en, de', 'en'],
    ['de, en', 'de'],
    ['en;q=0.8, de', 'de'],
    ['en;q=0.8, de;q=0.9', 'de'],
    ['en ; q=0.9 , de ; q=0.8', 'en'],
    ['en;Q=0.1, de;Q=0.2', 'de'],
    ['en;q=0.5, de;q=0.5', 'en'],
    ['fr, de;q=0.5, en;q=0.1', 'de'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'en'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=nonsense, en;q=0.1', 'en'],
    ['de;q=, en;q=0.1', 'en'],
    ['de;q=-1, en;q=0.1', 'en'],
    ['de;level=1;q=0.1, en;q=0.2', 'en'],
    [',,;,de', 'de'],
    ['x'.repeat(900) + ', de', 'de'],
  ])('%j wants %s', (accepted, language) => {
    expect(chooseLanguage(accepted)).toBe(language);
  });

  it.each([
    undefined,
    '',
    '*',
    'fr',
    'den',
    'deutsch',
    'd',
    '-de',
    'fr-de',
    'de;q=0',
    'de;q=0.0, *',
    ';q=1',
    '__proto__',
    'de\0',
  ])('%j names none of ours', (accepted) => {
    expect(chooseLanguage(accepted)).toBeNull();
  });

  it('reads no more than the beginning of what no browser sends', () => {
    expect(chooseLanguage(`${'fr,'.repeat(10_000)}de`)).toBeNull();
    expect(chooseLanguage(`de,${'fr,'.repeat(10_000)}`)).toBe('de');
  });
});

describe('isTexts', () => {
  it('knows a text that is there in every language', () => {
    expect(isTexts({ en: 'yes', de: 'ja' })).toBe(true);
    for (const other of [undefined, null, 'yes', {}, { en: 'yes' }, ['en', 'de']]) {
      expect(isTexts(other)).toBe(false);
    }
  });
});
