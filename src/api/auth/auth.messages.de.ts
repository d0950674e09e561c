import { text, trustedText } from '../mail/index.ts';
import type { en } from './auth.messages.en.ts';

export const de: typeof en = {
  errors: {
    invalidCredentials: 'Die E-Mail-Adresse oder das Passwort stimmt nicht.',
    invalidRefreshToken: 'Die Sitzung ist beendet: bitte neu anmelden.',
    invalidLink:
      'Der Link gilt nicht mehr: Er wurde benutzt, ersetzt oder ist abgelaufen. Bitte einen neuen anfordern.',
    sessionNotFound: 'Diese Sitzung gibt es nicht, oder sie ist beendet.',
  },
  rules: {
    token: 'muss das Token eines Links sein',
  },
  mails: {
    verifyEmail: {
      subject: () => text`E-Mail-Adresse bestätigen`,
      body: (values) => [
        text`bitte bestätige, dass diese Adresse dir gehört. Der Link gilt 24 Stunden.`,
        { label: text`Adresse bestätigen`, url: values.link },
        text`Wenn du bei uns kein Konto angelegt hast, ignoriere diese E-Mail.`,
      ],
    },
    resetPassword: {
      subject: () => text`Neues Passwort setzen`,
      body: (values) => [
        text`jemand, vermutlich du, möchte ein neues Passwort für dieses Konto. Der Link gilt eine Stunde und nur einmal.`,
        { label: text`Neues Passwort setzen`, url: values.link },
        text`Wenn du es nicht warst, musst du nichts tun. Dein Passwort hat sich nicht geändert.`,
      ],
    },
    passwordChanged: {
      subject: () => text`Dein Passwort wurde geändert`,
      body: (values) => [
        text`das Passwort deines Kontos wurde geändert, und du wurdest überall sonst abgemeldet.`,
        ...values.notices.map(trustedText),
        text`Wenn du es nicht warst, setze sofort ein neues Passwort („Passwort vergessen“) und sage uns Bescheid.`,
      ],
    },
    addressConfirmed: {
      subject: () => text`Deine E-Mail-Adresse ist bestätigt`,
      body: (values) => [
        text`deine E-Mail-Adresse ist bestätigt. Vorher hätte jeder das Konto mit ihr anlegen können, deshalb haben wir alles entfernt, was auf das Konto zugreifen konnte.`,
        ...values.notices.map(trustedText),
        text`Wenn du davon etwas selbst eingerichtet hast, richte es bitte noch einmal ein.`,
      ],
    },
    confirmEmail: {
      subject: () => text`Neue E-Mail-Adresse bestätigen`,
      body: (values) => [
        text`bitte bestätige, dass dein Konto von jetzt an diese Adresse verwenden soll. Der Link gilt eine Stunde.`,
        { label: text`Diese Adresse verwenden`, url: values.link },
        text`Wenn du das nicht wolltest, ignoriere diese E-Mail.`,
      ],
    },
    emailChange: {
      subject: ({ isDone }) =>
        isDone ? text`Deine E-Mail-Adresse wurde geändert` : text`Deine E-Mail-Adresse soll geändert werden`,
      body: (values) => [
        values.isDone
          ? text`dein Konto verwendet jetzt eine andere E-Mail-Adresse; mit dieser hier kannst du dich nicht mehr anmelden.`
          : text`jemand, der an deinem Konto angemeldet ist, möchte es auf eine andere E-Mail-Adresse umstellen.`,
        text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
      ],
    },
    newDevice: {
      subject: () => text`Anmeldung von einem neuen Gerät`,
      body: (values) => [
        text`an deinem Konto hat sich ein Gerät angemeldet, das wir noch nicht kannten, von der Adresse ${trustedText(values.ip)}.`,
        text`Das Gerät nennt sich: ${values.device}`,
        text`Wenn du es warst, musst du nichts tun. Wenn nicht, ändere dein Passwort: Das meldet jedes Gerät ab.`,
      ],
    },
  },
};
