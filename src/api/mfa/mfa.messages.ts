import { defineMessages } from '../../core/messages.ts';
import { de } from './mfa.messages.de.ts';
import { en } from './mfa.messages.en.ts';

export const mfaMessages = defineMessages({ en, de });
