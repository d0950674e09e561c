import { text } from '../mail/index.ts';
import type { en } from './mfa.messages.en.ts';

const notYou = text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`;

export const de: typeof en = {
  errors: {
    invalidSignIn:
      'Der Code stimmt nicht, oder die Anmeldung ist abgelaufen. Bitte neu anmelden, falls auch ein weiterer nicht gilt.',
    invalidCode: 'Der Code stimmt nicht oder wurde schon benutzt.',
    alreadyOn: 'Der zweite Faktor ist schon eingeschaltet. Bitte erst ausschalten.',
    notStarted: 'Es gibt kein Geheimnis zu bestätigen. Bitte erst eines mit POST /auth/mfa/totp anfordern.',
    ownFactor:
      'Der eigene zweite Faktor lässt sich hier nicht entfernen. Bitte DELETE /auth/mfa/totp mit Passwort und Code verwenden.',
    notOn: 'Der zweite Faktor ist nicht eingeschaltet.',
  },
  notices: {
    removed: 'Der zweite Faktor wurde entfernt.',
    stillOn: 'Der zweite Faktor ist weiterhin eingeschaltet.',
  },
  mails: {
    turnedOn: {
      subject: () => text`Der zweite Faktor wurde eingeschaltet`,
      body: () => [
        text`von jetzt an braucht die Anmeldung an deinem Konto neben dem Passwort einen Code deiner Authenticator-App.`,
        text`Bewahre die Wiederherstellungscodes dort auf, wo du sie ohne dein Telefon findest: nur sie helfen sonst weiter.`,
        notYou,
      ],
    },
    turnedOff: {
      subject: () => text`Der zweite Faktor wurde ausgeschaltet`,
      body: () => [
        text`von jetzt an meldest du dich nur mit deinem Passwort an. Die Wiederherstellungscodes gelten nicht mehr.`,
        notYou,
      ],
    },
    removed: {
      subject: () => text`Dein zweiter Faktor wurde entfernt`,
      body: () => [
        text`der zweite Faktor deines Kontos wurde durch die Administration entfernt. Von jetzt an meldest du dich nur mit deinem Passwort an, und die Wiederherstellungscodes gelten nicht mehr.`,
        text`Schalte den zweiten Faktor so bald wie möglich wieder ein.`,
        text`Wenn du nicht darum gebeten hast, sage uns sofort Bescheid.`,
      ],
    },
    recoveryCodeUsed: {
      subject: () => text`Ein Wiederherstellungscode wurde benutzt`,
      body: (values) => [
        text`statt der Authenticator-App wurde ein Wiederherstellungscode deines Kontos benutzt. Verbleibende Codes: ${values.left}.`,
        text`Erzeuge neue, bevor sie ausgehen.`,
        notYou,
      ],
    },
  },
};
