import type { ByLanguage } from '../core/languages.ts';
import type { AccountTexts } from './account-texts.ts';
import { de } from './account.messages.de.ts';
import { en } from './account.messages.en.ts';

/** The texts of the account pages by language. */
export const accountMessages: ByLanguage<AccountTexts> = { en, de };
