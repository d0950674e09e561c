import { inEveryLanguage, type Texts } from '../../src/core/languages.ts';

/** Returns a text in every language. In other languages it is the English text after the code of the language. */
export const textsOf = (english: string): Texts => ({
  ...inEveryLanguage((language) => `${language}: ${english}`),
  en: english,
});
