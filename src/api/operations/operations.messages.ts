import { defineMessages } from '../../core/messages.ts';
import { de } from './operations.messages.de.ts';
import { en } from './operations.messages.en.ts';

export const operationsMessages = defineMessages({ en, de });
