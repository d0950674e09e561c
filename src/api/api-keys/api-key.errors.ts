import { defineErrors } from '../../core/errors.ts';
import { apiKeyMessages } from './api-key.messages.ts';

export const apiKeyErrors = defineErrors(apiKeyMessages.errors, {
  notFound: ['not_found', 'API_KEYS_NOT_FOUND'],
  scopeNotHeld: ['forbidden', 'API_KEYS_SCOPE_NOT_HELD'],
  addressRefused: ['forbidden', 'API_KEYS_ADDRESS_REFUSED'],
  tooMany: ['conflict', 'API_KEYS_TOO_MANY'],
  expired: ['conflict', 'API_KEYS_EXPIRED'],
});
