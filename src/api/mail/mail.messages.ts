import { defineMessages } from '../../core/messages.ts';
import { de } from './mail.messages.de.ts';
import { en } from './mail.messages.en.ts';

export const mailMessages = defineMessages({ en, de });
