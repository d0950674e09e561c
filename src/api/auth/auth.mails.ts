import type { Texts } from '../../core/languages.ts';
import { defineMail, trustedText, text } from '../mail/index.ts';

interface WithLink {
  readonly link: string;
}

/** Sentences from other modules about the access that they removed. */
interface WithNotices {
  readonly notices: readonly Texts[];
}

const noticesIn = {
  en: ({ notices }: WithNotices) => notices.map(({ en }) => trustedText(en)),
  de: ({ notices }: WithNotices) => notices.map(({ de }) => trustedText(de)),
};

/** Asks the owner of a new account to confirm its address. */
export const verifyEmailMail = defineMail<WithLink>({
  en: {
    subject: () => text`Confirm your e-mail address`,
    body: (values) => [
      text`please confirm that this address is yours. The link is valid for 24 hours.`,
      { label: text`Confirm address`, url: values.link },
      text`If you did not create an account with us, ignore this e-mail.`,
    ],
  },
  de: {
    subject: () => text`E-Mail-Adresse bestätigen`,
    body: (values) => [
      text`bitte bestätige, dass diese Adresse dir gehört. Der Link gilt 24 Stunden.`,
      { label: text`Adresse bestätigen`, url: values.link },
      text`Wenn du bei uns kein Konto angelegt hast, ignoriere diese E-Mail.`,
    ],
  },
});

export const resetPasswordMail = defineMail<WithLink>({
  en: {
    subject: () => text`Set a new password`,
    body: (values) => [
      text`someone, probably you, asked for a new password for this account. The link is valid for one hour and can be used once.`,
      { label: text`Set a new password`, url: values.link },
      text`If it was not you, you do not need to do anything. Your password has not changed.`,
    ],
  },
  de: {
    subject: () => text`Neues Passwort setzen`,
    body: (values) => [
      text`jemand, vermutlich du, möchte ein neues Passwort für dieses Konto. Der Link gilt eine Stunde und nur einmal.`,
      { label: text`Neues Passwort setzen`, url: values.link },
      text`Wenn du es nicht warst, musst du nichts tun. Dein Passwort hat sich nicht geändert.`,
    ],
  },
});

export const passwordChangedMail = defineMail<WithNotices>({
  en: {
    subject: () => text`Your password was changed`,
    body: (values) => [
      text`the password of your account was changed, and you were signed out everywhere else.`,
      ...noticesIn.en(values),
      text`If it was not you, set a new password immediately ("forgot password") and contact us.`,
    ],
  },
  de: {
    subject: () => text`Dein Passwort wurde geändert`,
    body: (values) => [
      text`das Passwort deines Kontos wurde geändert, und du wurdest überall sonst abgemeldet.`,
      ...noticesIn.de(values),
      text`Wenn du es nicht warst, setze sofort ein neues Passwort („Passwort vergessen“) und sage uns Bescheid.`,
    ],
  },
});

/** Notifies the owner that the first verification of the address removed other access to the account. */
export const addressConfirmedMail = defineMail<WithNotices>({
  en: {
    subject: () => text`Your e-mail address is confirmed`,
    body: (values) => [
      text`your e-mail address is confirmed. Before that, anyone could have created the account with it, so we removed everything that could access the account.`,
      ...noticesIn.en(values),
      text`If you set any of it up yourself, please set it up again.`,
    ],
  },
  de: {
    subject: () => text`Deine E-Mail-Adresse ist bestätigt`,
    body: (values) => [
      text`deine E-Mail-Adresse ist bestätigt. Vorher hätte jeder das Konto mit ihr anlegen können, deshalb haben wir alles entfernt, was auf das Konto zugreifen konnte.`,
      ...noticesIn.de(values),
      text`Wenn du davon etwas selbst eingerichtet hast, richte es bitte noch einmal ein.`,
    ],
  },
});

/** Asks the owner of the new address to confirm the change; sent to the new address. */
export const confirmEmailMail = defineMail<WithLink>({
  en: {
    subject: () => text`Confirm your new e-mail address`,
    body: (values) => [
      text`please confirm that your account should use this address from now on. The link is valid for one hour.`,
      { label: text`Use this address`, url: values.link },
      text`If you did not ask for this, ignore this e-mail.`,
    ],
  },
  de: {
    subject: () => text`Neue E-Mail-Adresse bestätigen`,
    body: (values) => [
      text`bitte bestätige, dass dein Konto von jetzt an diese Adresse verwenden soll. Der Link gilt eine Stunde.`,
      { label: text`Diese Adresse verwenden`, url: values.link },
      text`Wenn du das nicht wolltest, ignoriere diese E-Mail.`,
    ],
  },
});

/** Notifies the old address when a change is requested and when it is done. */
export const emailChangeNotice = defineMail<{ readonly isDone: boolean }>({
  en: {
    subject: ({ isDone }) =>
      isDone ? text`Your e-mail address was changed` : text`Your e-mail address is about to change`,
    body: (values) => [
      values.isDone
        ? text`your account now uses another e-mail address; you can no longer sign in with this one.`
        : text`someone who is signed in to your account asked to change its e-mail address.`,
      text`If it was not you, change your password immediately and contact us.`,
    ],
  },
  de: {
    subject: ({ isDone }) =>
      isDone ? text`Deine E-Mail-Adresse wurde geändert` : text`Deine E-Mail-Adresse soll geändert werden`,
    body: (values) => [
      values.isDone
        ? text`dein Konto verwendet jetzt eine andere E-Mail-Adresse; mit dieser hier kannst du dich nicht mehr anmelden.`
        : text`jemand, der an deinem Konto angemeldet ist, möchte es auf eine andere E-Mail-Adresse umstellen.`,
      text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
    ],
  },
});

export const newDeviceMail = defineMail<{ readonly device: string; readonly ip: string }>({
  en: {
    subject: () => text`A sign-in from a new device`,
    body: (values) => [
      text`someone signed in to your account from a new device, at the address ${trustedText(values.ip)}.`,
      text`The device calls itself: ${values.device}`,
      text`If it was you, you do not need to do anything. If not, change your password: this signs out every device.`,
    ],
  },
  de: {
    subject: () => text`Anmeldung von einem neuen Gerät`,
    body: (values) => [
      text`an deinem Konto hat sich ein Gerät angemeldet, das wir noch nicht kannten, von der Adresse ${trustedText(values.ip)}.`,
      text`Das Gerät nennt sich: ${values.device}`,
      text`Wenn du es warst, musst du nichts tun. Wenn nicht, ändere dein Passwort: Das meldet jedes Gerät ab.`,
    ],
  },
});
