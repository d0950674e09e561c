import { defineMessages } from '../../core/messages.ts';
import { de } from './payment.messages.de.ts';
import { en } from './payment.messages.en.ts';

export const paymentMessages = defineMessages({ en, de });
