import { defineErrors } from '../../core/errors.ts';

export const authErrors = defineErrors({
  invalidCredentials: [
    'unauthenticated',
    'AUTH_INVALID_CREDENTIALS',
    'The e-mail address or the password is incorrect.',
    { de: 'Die E-Mail-Adresse oder das Passwort stimmt nicht.' },
  ],
  invalidRefreshToken: [
    'unauthenticated',
    'AUTH_INVALID_REFRESH_TOKEN',
    'The session has ended. Sign in again.',
    { de: 'Die Sitzung ist beendet: bitte neu anmelden.' },
  ],
  invalidLink: [
    'invalid',
    'AUTH_INVALID_LINK',
    'The link is invalid: it was used, replaced by a newer one, or has expired. Request a new link.',
    {
      de: 'Der Link gilt nicht mehr: Er wurde benutzt, ersetzt oder ist abgelaufen. Bitte einen neuen anfordern.',
    },
  ],
  sessionNotFound: [
    'not_found',
    'AUTH_SESSION_NOT_FOUND',
    'The session does not exist or has ended.',
    { de: 'Diese Sitzung gibt es nicht, oder sie ist beendet.' },
  ],
});
