import { defineErrors } from '../../core/errors.ts';

export const oidcErrors = defineErrors({
  signInFailed: [
    'unauthenticated',
    'OIDC_SIGN_IN_FAILED',
    'The sign-in with this provider did not succeed: begin again.',
    { de: 'Die Anmeldung bei diesem Anbieter ist nicht gelungen: bitte neu beginnen.' },
  ],
  emailUnverified: [
    'forbidden',
    'OIDC_EMAIL_UNVERIFIED',
    'The provider does not vouch for an e-mail address: confirm yours there first.',
    { de: 'Der Anbieter bestätigt keine E-Mail-Adresse: bitte die eigene erst dort bestätigen.' },
  ],
  providerNotFound: [
    'not_found',
    'OIDC_PROVIDER_NOT_FOUND',
    'There is no such sign-in provider.',
    { de: 'Diesen Anbieter zum Anmelden gibt es nicht.' },
  ],
  linkNotFound: [
    'not_found',
    'OIDC_LINK_NOT_FOUND',
    'Your account is not linked to this provider.',
    { de: 'Das Konto ist mit diesem Anbieter nicht verbunden.' },
  ],
  linkRequired: [
    'conflict',
    'OIDC_LINK_REQUIRED',
    'There is an account with this e-mail address: sign in to it, then link the provider.',
    { de: 'Zu dieser E-Mail-Adresse gibt es ein Konto: bitte dort anmelden und den Anbieter verbinden.' },
  ],
  identityTaken: [
    'conflict',
    'OIDC_IDENTITY_TAKEN',
    'This identity is linked to another account.',
    { de: 'Diese Identität ist mit einem anderen Konto verbunden.' },
  ],
  lastWayIn: [
    'conflict',
    'OIDC_LAST_WAY_IN',
    'This is the only way into your account: set a password or link another provider first.',
    {
      de: 'Das ist der einzige Weg in das Konto: bitte erst ein Passwort setzen oder einen anderen Anbieter verbinden.',
    },
  ],
  providerMisconfigured: [
    'unavailable',
    'OIDC_PROVIDER_MISCONFIGURED',
    'Sign-in with this provider is not set up correctly. Please tell the operator of this service.',
    {
      de: 'Die Anmeldung mit diesem Anbieter ist falsch eingerichtet. Bitte den Betreiber dieses Dienstes verständigen.',
    },
  ],
  providerUnavailable: [
    'unavailable',
    'OIDC_PROVIDER_UNAVAILABLE',
    'The sign-in provider does not answer just now; try again shortly.',
    { de: 'Der Anbieter zum Anmelden antwortet gerade nicht; bitte gleich noch einmal versuchen.' },
  ],
});
