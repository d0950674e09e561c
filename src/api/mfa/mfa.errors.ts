import { defineErrors } from '../../core/errors.ts';

export const mfaErrors = defineErrors({
  invalidSignIn: [
    'unauthenticated',
    'AUTH_INVALID_MFA_CODE',
    'The code is incorrect, or the sign-in has expired. If another code fails too, sign in again.',
    {
      de: 'Der Code stimmt nicht, oder die Anmeldung ist abgelaufen. Bitte neu anmelden, falls auch ein weiterer nicht gilt.',
    },
  ],
  invalidCode: [
    'forbidden',
    'MFA_INVALID_CODE',
    'The code is incorrect or was used before.',
    { de: 'Der Code stimmt nicht oder wurde schon benutzt.' },
  ],
  alreadyOn: [
    'conflict',
    'MFA_ALREADY_ON',
    'The second factor is already on. Turn it off first.',
    { de: 'Der zweite Faktor ist schon eingeschaltet. Bitte erst ausschalten.' },
  ],
  notStarted: [
    'conflict',
    'MFA_NOT_STARTED',
    'There is no secret to confirm. Create one first with POST /auth/mfa/totp.',
    { de: 'Es gibt kein Geheimnis zu bestätigen. Bitte erst eines mit POST /auth/mfa/totp anfordern.' },
  ],
  ownFactor: [
    'forbidden',
    'MFA_OWN_FACTOR',
    'You cannot remove your own second factor here. Use DELETE /auth/mfa/totp with your password and a code.',
    {
      de: 'Der eigene zweite Faktor lässt sich hier nicht entfernen. Bitte DELETE /auth/mfa/totp mit Passwort und Code verwenden.',
    },
  ],
  notOn: [
    'conflict',
    'MFA_NOT_ON',
    'The second factor is off.',
    { de: 'Der zweite Faktor ist nicht eingeschaltet.' },
  ],
});
