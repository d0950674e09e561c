import { describe, expect, it } from '@jest/globals';
import { inEveryLanguage, isTexts } from '../../src/core/languages.ts';

describe('isTexts', () => {
  it('accepts a text in every language', () => {
    expect(isTexts(inEveryLanguage(() => 'yes'))).toBe(true);
  });

  it.each([
    undefined,
    null,
    'yes',
    {},
    ['en', 'de'],
    // #region de
    { en: 'yes' },
    // #endregion
  ])('rejects %j', (value) => {
    expect(isTexts(value)).toBe(false);
  });
});
