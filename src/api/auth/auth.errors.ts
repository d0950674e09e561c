import { defineErrors } from '../../core/errors.ts';
import { authMessages } from './auth.messages.ts';

export const authErrors = defineErrors(authMessages.errors, {
  invalidCredentials: ['unauthenticated', 'AUTH_INVALID_CREDENTIALS'],
  invalidRefreshToken: ['unauthenticated', 'AUTH_INVALID_REFRESH_TOKEN'],
  invalidLink: ['invalid', 'AUTH_INVALID_LINK'],
  sessionNotFound: ['not_found', 'AUTH_SESSION_NOT_FOUND'],
});
