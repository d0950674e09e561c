import { defineErrors } from '../../core/errors.ts';
import { mfaMessages } from './mfa.messages.ts';

export const mfaErrors = defineErrors(mfaMessages.errors, {
  invalidSignIn: ['unauthenticated', 'AUTH_INVALID_MFA_CODE'],
  invalidCode: ['forbidden', 'MFA_INVALID_CODE'],
  alreadyOn: ['conflict', 'MFA_ALREADY_ON'],
  notStarted: ['conflict', 'MFA_NOT_STARTED'],
  ownFactor: ['forbidden', 'MFA_OWN_FACTOR'],
  notOn: ['conflict', 'MFA_NOT_ON'],
});
