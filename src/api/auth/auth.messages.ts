import { defineMessages } from '../../core/messages.ts';
import { de } from './auth.messages.de.ts';
import { en } from './auth.messages.en.ts';

export const authMessages = defineMessages({ en, de });
