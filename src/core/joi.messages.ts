import { de } from './joi.messages.de.ts';
import { en } from './joi.messages.en.ts';
import type { ByLanguage } from './languages.ts';

/** The default messages of broken rules. A rule that a language lacks has Joi's English message. */
export const joiMessages: ByLanguage<Readonly<Record<string, string>>> = { en, de };
