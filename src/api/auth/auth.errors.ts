import { defineErrors } from '../../core/errors.ts';

export const authErrors = defineErrors({
  invalidCredentials: [
    'unauthenticated',
    'AUTH_INVALID_CREDENTIALS',
    'The e-mail address or the password is not right.',
    { de: 'Die E-Mail-Adresse oder das Passwort stimmt nicht.' },
  ],
  invalidRefreshToken: [
    'unauthenticated',
    'AUTH_INVALID_REFRESH_TOKEN',
    'The session has ended: sign in again.',
    { de: 'Die Sitzung ist beendet: bitte neu anmelden.' },
  ],
  invalidLink: [
    'invalid',
    'AUTH_INVALID_LINK',
    'The link is not good any more: it was used, replaced by a newer one, or is too old. Ask for another.',
    {
      de: 'Der Link gilt nicht mehr: Er wurde benutzt, ersetzt oder ist zu alt. Bitte einen neuen anfordern.',
    },
  ],
  sessionNotFound: [
    'not_found',
    'AUTH_SESSION_NOT_FOUND',
    'There is no such session.',
    { de: 'Diese Sitzung gibt es nicht.' },
  ],
});
