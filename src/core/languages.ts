/** The languages of mails and error messages. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language for callers whose preference is unknown or not supported. */
export const defaultLanguage: Language = 'en';

/** A text in every language. */
export type Texts = Readonly<Record<Language, string>>;

/** A text in every language but English. */
export type Translations = Readonly<Omit<Texts, 'en'>>;

/** Returns whether a value is a text in every language. */
export const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && languages.every((language) => language in value);
