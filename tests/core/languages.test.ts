import { describe, expect, it } from '@jest/globals';
import { isTexts } from '../../src/core/languages.ts';

describe('isTexts', () => {
  it('accepts a text in every language and nothing else', () => {
    expect(isTexts({ en: 'yes', de: 'ja' })).toBe(true);
    for (const other of [undefined, null, 'yes', {}, { en: 'yes' }, ['en', 'de']]) {
      expect(isTexts(other)).toBe(false);
    }
  });
});
