import { defineErrors } from '../../core/errors.ts';

export const authErrors = defineErrors({
  invalidCredentials: [
    'unauthenticated',
    'AUTH_INVALID_CREDENTIALS',
    'The e-mail address or the password is not right.',
  ],
  invalidRefreshToken: [
    'unauthenticated',
    'AUTH_INVALID_REFRESH_TOKEN',
    'The session has ended: sign in again.',
  ],
  sessionNotFound: ['not_found', 'AUTH_SESSION_NOT_FOUND', 'There is no such session.'],
});
