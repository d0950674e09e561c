import type { ColumnOptions } from 'typeorm';

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
