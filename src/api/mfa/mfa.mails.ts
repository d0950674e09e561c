import { defineMail, text } from '../mail/index.ts';

const notYou = {
  en: text`If it was not you, change your password at once and tell us.`,
  de: text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
};

export const mfaTurnedOnMail = defineMail<object>({
  en: {
    subject: () => text`The second factor was turned on`,
    body: () => [
      text`from now on, signing in to your account takes a code of your authenticator app beside the password.`,
      text`Keep the recovery codes where you find them without your phone: they are the only other way in.`,
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
      text`from now on, the password alone opens your account. The recovery codes are no longer good.`,
      notYou.en,
    ],
  },
  de: {
    subject: () => text`Der zweite Faktor wurde ausgeschaltet`,
    body: () => [
      text`von jetzt an öffnet das Passwort allein dein Konto. Die Wiederherstellungscodes gelten nicht mehr.`,
      notYou.de,
    ],
  },
});

/** To someone whose second factor an administrator has removed. */
export const mfaRemovedMail = defineMail<object>({
  en: {
    subject: () => text`An administrator removed your second factor`,
    body: () => [
      text`an administrator removed the second factor of your account. From now on, the password alone opens it, and the recovery codes no longer work.`,
      text`Turn the second factor on again as soon as you can.`,
      text`If you did not ask for it, tell us at once.`,
    ],
  },
  de: {
    subject: () => text`Dein zweiter Faktor wurde entfernt`,
    body: () => [
      text`der zweite Faktor deines Kontos wurde durch die Administration entfernt. Von jetzt an öffnet das Passwort allein dein Konto, und die Wiederherstellungscodes gelten nicht mehr.`,
      text`Schalte den zweiten Faktor so bald wie möglich wieder ein.`,
      text`Wenn du nicht darum gebeten hast, sage uns sofort Bescheid.`,
    ],
  },
});

export const recoveryCodeUsedMail = defineMail<{ readonly left: number }>({
  en: {
    subject: () => text`A recovery code was used`,
    body: (values) => [
      text`a recovery code of your account was used in place of the authenticator app. Codes left: ${values.left}.`,
      text`Before they run out, make new ones.`,
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
