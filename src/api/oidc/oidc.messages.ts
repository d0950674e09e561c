import { defineMessages } from '../../core/messages.ts';
import { de } from './oidc.messages.de.ts';
import { en } from './oidc.messages.en.ts';

export const oidcMessages = defineMessages({ en, de });
