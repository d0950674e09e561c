import { defineMessages } from '../../core/messages.ts';
import { de } from './api-key.messages.de.ts';
import { en } from './api-key.messages.en.ts';

export const apiKeyMessages = defineMessages({ en, de });
