import type { ColumnOptions } from 'typeorm';
import { supportedLanguage, type Language } from '../core/languages.ts';

/** A timestamp in milliseconds, the precision of a JavaScript `Date`, so that stored and read values are equal. */
export const moment: ColumnOptions = { type: 'timestamptz', precision: 3 };

/** A timestamp that the database sets on insert. */
export const createdMoment: ColumnOptions = { ...moment, default: () => 'now()' };

/** An integer up to 2^53 − 1, read as a number. By default, pg returns `bigint` as text. */
export const bigNumber: ColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: number) => value,
    from: (value: string | null) => (value === null ? null : Number(value)),
  },
};

/** The language of a user. A language that the product no longer supports is read as the default language. */
export const languageColumn: ColumnOptions = {
  type: 'text',
  transformer: {
    to: (value: Language | null) => value,
    from: (value: string | null) => (value === null ? null : supportedLanguage(value)),
  },
};
