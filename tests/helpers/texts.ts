import { inEveryLanguage, type Texts } from '../../src/core/languages.ts';

/** Returns a text in every language: the English one, and for others the same with the language in front. */
export const textsOf = (english: string): Texts => ({
  ...inEveryLanguage((language) => `${language}: ${english}`),
  en: english,
});
