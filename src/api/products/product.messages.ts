import { defineMessages } from '../../core/messages.ts';
import { de } from './product.messages.de.ts';
import { en } from './product.messages.en.ts';

export const productMessages = defineMessages({ en, de });
