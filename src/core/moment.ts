import Joi from 'joi';
import { invalidInput } from './errors.ts';
import { says } from './schema.ts';

/** A moment that a caller names, such as the end of a period; `readMoment` makes a date of it. */
export const momentText = (): Joi.StringSchema =>
  Joi.string()
    .pattern(
      /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,3})?Z$/,
    )
    .messages(
      says('string.pattern.base', {
        en: 'must be a moment in UTC, such as 2026-01-31T09:30:00Z',
        de: 'muss ein Zeitpunkt in UTC sein, etwa 2026-01-31T09:30:00Z',
      }),
    );

/** The date of a `momentText` in the query; throws a validation error for 30 February, which the schema lets through. */
export function readMoment(path: string, text: string): Date {
  const moment = new Date(text);
  if (moment.toISOString().startsWith(text.slice(0, 10))) return moment;
  const message = { en: 'must be a day of the calendar', de: 'muss ein Tag des Kalenders sein' };
  throw invalidInput({ in: 'query', path, rule: 'date.base', message });
}
