import { defineMessages } from '../../core/messages.ts';
import { de } from './webhook.messages.de.ts';
import { en } from './webhook.messages.en.ts';

export const webhookMessages = defineMessages({ en, de });
