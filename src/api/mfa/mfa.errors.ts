import { defineErrors } from '../../core/errors.ts';

export const mfaErrors = defineErrors({
  invalidSignIn: [
    'unauthenticated',
    'AUTH_INVALID_MFA_CODE',
    'The code is not right, or it comes too late: sign in again if another one is refused, too.',
    {
      de: 'Der Code stimmt nicht oder kommt zu spät: bitte neu anmelden, falls auch ein weiterer nicht gilt.',
    },
  ],
  invalidCode: [
    'forbidden',
    'MFA_INVALID_CODE',
    'The code is not right, or it was used already.',
    { de: 'Der Code stimmt nicht oder wurde schon benutzt.' },
  ],
  alreadyOn: [
    'conflict',
    'MFA_ALREADY_ON',
    'The second factor is on already: turn it off first.',
    { de: 'Der zweite Faktor ist schon eingeschaltet: bitte erst ausschalten.' },
  ],
  notStarted: [
    'conflict',
    'MFA_NOT_STARTED',
    'There is no secret to confirm: ask for one first.',
    { de: 'Es gibt kein Geheimnis zu bestätigen: bitte erst eines anfordern.' },
  ],
  ownFactor: [
    'forbidden',
    'MFA_OWN_FACTOR',
    'You cannot remove your own second factor here: use DELETE /auth/mfa/totp with your password and a code.',
    {
      de: 'Der eigene zweite Faktor lässt sich hier nicht entfernen: bitte DELETE /auth/mfa/totp mit Passwort und Code verwenden.',
    },
  ],
  notOn: [
    'conflict',
    'MFA_NOT_ON',
    'The second factor is not on.',
    { de: 'Der zweite Faktor ist nicht eingeschaltet.' },
  ],
});
