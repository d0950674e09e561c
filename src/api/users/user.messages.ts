import { defineMessages } from '../../core/messages.ts';
import { de } from './user.messages.de.ts';
import { en } from './user.messages.en.ts';

export const userMessages = defineMessages({ en, de });
