import type { ColumnOptions } from 'typeorm';

/** A moment with the precision of JavaScript's, so that what is read compares equal to what is stored. */
export const moment: ColumnOptions = { type: 'timestamptz', precision: 3 };

/** A moment that the database sets when the row is made. */
export const createdMoment: ColumnOptions = { ...moment, default: () => 'now()' };

/** A whole number beyond 32 bits, up to 2^53 − 1; pg would hand it over as text. */
export const bigNumber: ColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: number) => value,
    from: (value: string | null) => (value === null ? null : Number(value)),
  },
};
