import type { ColumnOptions } from 'typeorm';

/** A timestamp with the precision of a JavaScript `Date`, so that stored and read values compare equal. */
export const moment: ColumnOptions = { type: 'timestamptz', precision: 3 };

/** A timestamp that the database sets on insert. */
export const createdMoment: ColumnOptions = { ...moment, default: () => 'now()' };

/** An integer up to 2^53 − 1, as a number; pg returns `bigint` as text. */
export const bigNumber: ColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: number) => value,
    from: (value: string | null) => (value === null ? null : Number(value)),
  },
};
