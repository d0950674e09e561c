import { defineMessages } from '../core/messages.ts';
import { de } from './middleware.messages.de.ts';
import { en } from './middleware.messages.en.ts';

export const middlewareMessages = defineMessages({ en, de });
