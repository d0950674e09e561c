import type { en } from './user.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Dieses Konto gibt es nicht.',
    emailTaken: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto.',
    lastAdmin: 'Das ist das letzte Konto mit Administratorrechten. Bitte erst ein weiteres bestimmen.',
    wrongPassword: 'Das Passwort stimmt nicht.',
  },
  rules: {
    email: 'muss eine gültige E-Mail-Adresse sein',
    commonPassword: 'ist ein häufiges Passwort; ein anderes wählen',
    passwordIsEmail: 'darf nicht die E-Mail-Adresse sein',
    passwordIsProduct: 'darf nicht der Name des Produkts sein',
  },
};
