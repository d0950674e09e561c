import { defineMail, text } from '../mail/index.ts';

const notYou = {
  en: text`If it was not you, change your password immediately and contact us.`,
  de: text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
};

export const mfaTurnedOnMail = defineMail<object>({
  en: {
    subject: () => text`The second factor was turned on`,
    body: () => [
      text`from now on, signing in to your account requires a code of your authenticator app in addition to the password.`,
      text`Keep the recovery codes where you can find them without your phone: without the app, only they let you sign in.`,
      notYou.en,
    ],
  },
  de: {
    subject: () => text`Der zweite Faktor wurde eingeschaltet`,
    body: () => [
      text`von jetzt an braucht die Anmeldung an deinem Konto neben dem Passwort einen Code deiner Authenticator-App.`,
      text`Bewahre die Wiederherstellungscodes dort auf, wo du sie ohne dein Telefon findest: nur sie helfen sonst weiter.`,
      notYou.de,
    ],
  },
});

export const mfaTurnedOffMail = defineMail<object>({
  en: {
    subject: () => text`The second factor was turned off`,
    body: () => [
      text`from now on, you sign in with your password only. The recovery codes are no longer valid.`,
      notYou.en,
    ],
  },
  de: {
    subject: () => text`Der zweite Faktor wurde ausgeschaltet`,
    body: () => [
      text`von jetzt an meldest du dich nur mit deinem Passwort an. Die Wiederherstellungscodes gelten nicht mehr.`,
      notYou.de,
    ],
  },
});

/** Notifies a user that an administrator removed the second factor. */
export const mfaRemovedMail = defineMail<object>({
  en: {
    subject: () => text`An administrator removed your second factor`,
    body: () => [
      text`an administrator removed the second factor of your account. From now on, you sign in with your password only, and the recovery codes are no longer valid.`,
      text`Turn the second factor on again as soon as you can.`,
      text`If you did not ask for this, contact us immediately.`,
    ],
  },
  de: {
    subject: () => text`Dein zweiter Faktor wurde entfernt`,
    body: () => [
      text`der zweite Faktor deines Kontos wurde durch die Administration entfernt. Von jetzt an meldest du dich nur mit deinem Passwort an, und die Wiederherstellungscodes gelten nicht mehr.`,
      text`Schalte den zweiten Faktor so bald wie möglich wieder ein.`,
      text`Wenn du nicht darum gebeten hast, sage uns sofort Bescheid.`,
    ],
  },
});

export const recoveryCodeUsedMail = defineMail<{ readonly left: number }>({
  en: {
    subject: () => text`A recovery code was used`,
    body: (values) => [
      text`a recovery code of your account was used instead of the authenticator app. Codes left: ${values.left}.`,
      text`Create new ones before they run out.`,
      notYou.en,
    ],
  },
  de: {
    subject: () => text`Ein Wiederherstellungscode wurde benutzt`,
    body: (values) => [
      text`statt der Authenticator-App wurde ein Wiederherstellungscode deines Kontos benutzt. Verbleibende Codes: ${values.left}.`,
      text`Erzeuge neue, bevor sie ausgehen.`,
      notYou.de,
    ],
  },
});
