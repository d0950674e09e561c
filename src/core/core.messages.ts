import { defineMessages } from './messages.ts';
import { de } from './core.messages.de.ts';
import { en } from './core.messages.en.ts';

export const coreMessages = defineMessages({ en, de });
