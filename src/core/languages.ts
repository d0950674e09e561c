/** The languages that mails and error messages are written in; the first is the one for everybody else. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = 'en';

/** A text in every language. */
export type Texts = Readonly<Record<Language, string>>;

/** The same text in every other language, where the English one stands by itself. */
export type Translations = Readonly<Omit<Texts, 'en'>>;

interface LanguageRange {
  readonly range: string;
  readonly quality: number;
}

function parseRange(part: string): LanguageRange {
  const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { range, quality: quality === undefined ? 1 : Number(quality) };
}

/**
 * The language of ours that an `Accept-Language` (RFC 9110) wants most: `de-AT` gets `de`.
 * null when it names none of ours, so that the caller may know better.
 */
export function chooseLanguage(accepted: string | undefined): Language | null {
  const wishes = (accepted ?? '').slice(0, 1_000).split(',').map(parseRange);
  const wanted = wishes.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  for (const { range } of wanted) {
    const found = languages.find((language) => range === language || range.startsWith(`${language}-`));
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether a value is a text in every language. */
export const isTexts = (value: unknown): value is Texts =>
  typeof value === 'object' && value !== null && languages.every((language) => language in value);
