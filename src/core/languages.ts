/**
 * The languages of mails and error messages, English first. `npm run generate language` and `npm run remove language` change
 * this list, the files `*.messages.<language>.ts` and `*.messages.ts`, and examples in the documentation.
 */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language for callers whose preference is unknown or not supported. */
export const defaultLanguage: Language = 'en';

/** Returns a stored language, or the default if the list no longer has it. */
export const supportedLanguage = (stored: string): Language =>
  languages.find((language) => language === stored) ?? defaultLanguage;

/** A value in every language. */
export type ByLanguage<T> = Readonly<Record<Language, T>>;

/** A text in every language. */
export type Texts = ByLanguage<string>;

/** Returns whether a value is a text in every language. */
export const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && languages.every((language) => language in value);

/** Builds a value for every language. */
export const inEveryLanguage = <T>(build: (language: Language) => T): ByLanguage<T> =>
  Object.fromEntries(languages.map((language) => [language, build(language)])) as Record<Language, T>;
