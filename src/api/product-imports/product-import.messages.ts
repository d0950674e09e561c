import { defineMessages } from '../../core/messages.ts';
import { de } from './product-import.messages.de.ts';
import { en } from './product-import.messages.en.ts';

export const productImportMessages = defineMessages({ en, de });
