import { defineMessages } from '../../core/messages.ts';
import { de } from './organization.messages.de.ts';
import { en } from './organization.messages.en.ts';

export const organizationMessages = defineMessages({ en, de });
