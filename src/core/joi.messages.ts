import { de } from './joi.messages.de.ts';
import { en } from './joi.messages.en.ts';
import type { ByLanguage } from './languages.ts';

/** The default messages of broken rules. If a language lacks a rule, its message is Joi's English one. */
export const joiMessages: ByLanguage<Readonly<Record<string, string>>> = { en, de };
