import { defineMail } from '../mail/index.ts';

interface Named {
  readonly name: string;
}

const greeting = {
  en: ({ name }: Named) => `Hello ${name},`,
  de: ({ name }: Named) => `Hallo ${name},`,
};

const notYou = {
  en: 'If it was not you, change your password at once and tell us.',
  de: 'Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.',
};

export const mfaTurnedOnMail = defineMail<Named>({
  en: {
    subject: () => 'The second factor was turned on',
    body: (values) => [
      greeting.en(values),
      'from now on, signing in to your account takes a code of your authenticator app beside the password.',
      'Keep the recovery codes where you find them without your phone: they are the only other way in.',
      notYou.en,
    ],
  },
  de: {
    subject: () => 'Der zweite Faktor wurde eingeschaltet',
    body: (values) => [
      greeting.de(values),
      'von jetzt an braucht die Anmeldung an deinem Konto neben dem Passwort einen Code deiner Authenticator-App.',
      'Bewahre die Wiederherstellungscodes dort auf, wo du sie ohne dein Telefon findest: nur sie helfen sonst weiter.',
      notYou.de,
    ],
  },
});

export const mfaTurnedOffMail = defineMail<Named>({
  en: {
    subject: () => 'The second factor was turned off',
    body: (values) => [
      greeting.en(values),
      'from now on, the password alone opens your account. The recovery codes are no longer good.',
      notYou.en,
    ],
  },
  de: {
    subject: () => 'Der zweite Faktor wurde ausgeschaltet',
    body: (values) => [
      greeting.de(values),
      'von jetzt an öffnet das Passwort allein dein Konto. Die Wiederherstellungscodes gelten nicht mehr.',
      notYou.de,
    ],
  },
});

export const recoveryCodeUsedMail = defineMail<Named & { readonly left: number }>({
  en: {
    subject: () => 'A recovery code was used',
    body: (values) => [
      greeting.en(values),
      `a recovery code of your account was used in place of the authenticator app. Codes left: ${values.left}.`,
      'Before they run out, make new ones.',
      notYou.en,
    ],
  },
  de: {
    subject: () => 'Ein Wiederherstellungscode wurde benutzt',
    body: (values) => [
      greeting.de(values),
      `statt der Authenticator-App wurde ein Wiederherstellungscode deines Kontos benutzt. Verbleibende Codes: ${values.left}.`,
      'Erzeuge neue, bevor sie ausgehen.',
      notYou.de,
    ],
  },
});
