import { defineErrors } from '../../core/errors.ts';

export const oidcErrors = defineErrors({
  signInFailed: [
    'unauthenticated',
    'OIDC_SIGN_IN_FAILED',
    'The sign-in with this provider failed. Start again.',
    { de: 'Die Anmeldung bei diesem Anbieter ist nicht gelungen. Bitte neu beginnen.' },
  ],
  emailUnverified: [
    'forbidden',
    'OIDC_EMAIL_UNVERIFIED',
    'The provider has not verified your e-mail address. Verify it there first.',
    { de: 'Der Anbieter hat die E-Mail-Adresse nicht bestätigt. Bitte sie erst dort bestätigen.' },
  ],
  providerNotFound: [
    'not_found',
    'OIDC_PROVIDER_NOT_FOUND',
    'The sign-in provider does not exist.',
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
    'An account with this e-mail address already exists. Sign in to it, then link the provider.',
    {
      de: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Bitte dort anmelden und den Anbieter verbinden.',
    },
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
    'This is the only way to sign in to your account. Set a password or link another provider first.',
    {
      de: 'Das ist die einzige Möglichkeit, sich an dem Konto anzumelden. Bitte erst ein Passwort setzen oder einen anderen Anbieter verbinden.',
    },
  ],
  providerMisconfigured: [
    'unavailable',
    'OIDC_PROVIDER_MISCONFIGURED',
    'Sign-in with this provider is misconfigured. Contact the operator of this service.',
    {
      de: 'Die Anmeldung mit diesem Anbieter ist falsch eingerichtet. Bitte den Betreiber dieses Dienstes verständigen.',
    },
  ],
  providerUnavailable: [
    'unavailable',
    'OIDC_PROVIDER_UNAVAILABLE',
    'The sign-in provider is unavailable. Try again shortly.',
    { de: 'Der Anbieter zum Anmelden antwortet gerade nicht; bitte gleich noch einmal versuchen.' },
  ],
});
