import Joi from 'joi';
import { canonicalString } from './canonical-string.ts';
import { coreMessages } from './core.messages.ts';
import { messages } from './schema.ts';

const anyYear =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const leapYear = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29';
// A pattern that matches only existing days from 0001-01-01 on. With a pattern, JSON Schema can express the whole rule.
const day = `(?!0000)(?:${anyYear}|${leapYear})`;

/**
 * A calendar day without time or time zone, such as 2026-01-31. The value remains text, because a conversion to another
 * time zone could change the day.
 */
export const dayText = (): Joi.StringSchema =>
  Joi.string()
    .pattern(new RegExp(`^${day}$`))
    .messages(messages('string.pattern.base', coreMessages.rules.day));

const momentForm = new RegExp(`^${day}T(?:[01]\\d|2[0-3])(?::[0-5]\\d){2}(?:\\.\\d{1,3})?Z$`);
const inMilliseconds = canonicalString((text) =>
  momentForm.test(text) ? new Date(text).toISOString() : text,
);

/**
 * A point in time sent by a caller, such as 2026-01-31T09:30:00Z. The validated value has milliseconds, in the format
 * of `toISOString`.
 */
export const momentText = (): Joi.StringSchema =>
  inMilliseconds().pattern(momentForm).messages(messages('string.pattern.base', coreMessages.rules.moment));
