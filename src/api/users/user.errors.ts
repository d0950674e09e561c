import { defineErrors } from '../../core/errors.ts';

export const userErrors = defineErrors({
  notFound: ['not_found', 'USERS_NOT_FOUND', 'There is no such user.', { de: 'Dieses Konto gibt es nicht.' }],
  emailTaken: [
    'conflict',
    'AUTH_EMAIL_TAKEN',
    'There is an account with this e-mail address already.',
    { de: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto.' },
  ],
  lastAdmin: [
    'conflict',
    'USERS_LAST_ADMIN',
    'This is the last administrator: make another one first.',
    { de: 'Das ist das letzte Konto mit Administratorrechten: bitte erst ein weiteres bestimmen.' },
  ],
  wrongPassword: [
    'forbidden',
    'USERS_WRONG_PASSWORD',
    'The password is not right.',
    { de: 'Das Passwort stimmt nicht.' },
  ],
});
