import { inEveryLanguage, type Texts } from '../../src/core/languages.ts';

/**
 * Returns a text in every language. For a language other than English, puts the code of the language before the English
 * text.
 */
export const textsOf = (english: string): Texts => ({
  ...inEveryLanguage((language) => `${language}: ${english}`),
  en: english,
});
