import { defineErrors } from '../../core/errors.ts';

export const userErrors = defineErrors({
  notFound: [
    'not_found',
    'USERS_NOT_FOUND',
    'The user does not exist.',
    { de: 'Dieses Konto gibt es nicht.' },
  ],
  emailTaken: [
    'conflict',
    'AUTH_EMAIL_TAKEN',
    'An account with this e-mail address already exists.',
    { de: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto.' },
  ],
  lastAdmin: [
    'conflict',
    'USERS_LAST_ADMIN',
    'This is the last administrator. Make another user an administrator first.',
    { de: 'Das ist das letzte Konto mit Administratorrechten. Bitte erst ein weiteres bestimmen.' },
  ],
  wrongPassword: [
    'forbidden',
    'USERS_WRONG_PASSWORD',
    'The password is incorrect.',
    { de: 'Das Passwort stimmt nicht.' },
  ],
});
