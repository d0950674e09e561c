import { defineMessages } from '../core/messages.ts';
import { de } from './http.messages.de.ts';
import { en } from './http.messages.en.ts';

export const httpMessages = defineMessages({ en, de });
