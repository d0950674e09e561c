import { defineMessages } from '../../core/messages.ts';
import { de } from './order.messages.de.ts';
import { en } from './order.messages.en.ts';

export const orderMessages = defineMessages({ en, de });
