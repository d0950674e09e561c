import type { Texts } from '../../core/languages.ts';
import { defineMail, trustedText, text } from '../mail/index.ts';

interface WithLink {
  readonly link: string;
}

/** Sentences of the modules on what became of other ways into the account. */
interface WithNotices {
  readonly notices: readonly Texts[];
}

const noticesIn = {
  en: ({ notices }: WithNotices) => notices.map(({ en }) => trustedText(en)),
  de: ({ notices }: WithNotices) => notices.map(({ de }) => trustedText(de)),
};

/** To the address that an account was made or changed with. */
export const verifyEmailMail = defineMail<WithLink>({
  en: {
    subject: () => text`Confirm your e-mail address`,
    body: (values) => [
      text`please confirm that this address is yours. The link is good for 24 hours.`,
      { label: text`Confirm address`, url: values.link },
      text`If you have not made an account with us, ignore this mail.`,
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
      text`someone, probably you, asked for a new password for this account. The link is good for one hour, and once.`,
      { label: text`Set a new password`, url: values.link },
      text`If it was not you, nothing has changed and there is nothing to do.`,
    ],
  },
  de: {
    subject: () => text`Neues Passwort setzen`,
    body: (values) => [
      text`jemand, vermutlich du, möchte ein neues Passwort für dieses Konto. Der Link gilt eine Stunde und einmal.`,
      { label: text`Neues Passwort setzen`, url: values.link },
      text`Wenn du es nicht warst, hat sich nichts geändert und es ist nichts zu tun.`,
    ],
  },
});

export const passwordChangedMail = defineMail<WithNotices>({
  en: {
    subject: () => text`Your password was changed`,
    body: (values) => [
      text`the password of your account was changed, and you were signed out everywhere else.`,
      ...noticesIn.en(values),
      text`If it was not you, set a new password at once ("forgot password") and tell us.`,
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

/** To an address that was confirmed for the first time, when something was removed for that. */
export const addressConfirmedMail = defineMail<WithNotices>({
  en: {
    subject: () => text`Your e-mail address is confirmed`,
    body: (values) => [
      text`your e-mail address is confirmed. Anyone could have created the account with it before, so we removed what could act for the account or listen to it.`,
      ...noticesIn.en(values),
      text`If you set it up yourself, set it up again.`,
    ],
  },
  de: {
    subject: () => text`Deine E-Mail-Adresse ist bestätigt`,
    body: (values) => [
      text`deine E-Mail-Adresse ist bestätigt. Vorher hätte jeder das Konto mit ihr anlegen können, deshalb haben wir entfernt, was für das Konto handeln oder mithören konnte.`,
      ...noticesIn.de(values),
      text`Wenn du es selbst eingerichtet hast, richte es noch einmal ein.`,
    ],
  },
});

/** To the new address. */
export const confirmEmailMail = defineMail<WithLink>({
  en: {
    subject: () => text`Confirm your new e-mail address`,
    body: (values) => [
      text`please confirm that your account should use this address from now on. The link is good for one hour.`,
      { label: text`Use this address`, url: values.link },
      text`If you have not asked for it, ignore this mail.`,
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

/** To the old address, when the change is asked for and when it is done. */
export const emailChangeNotice = defineMail<{ readonly isDone: boolean }>({
  en: {
    subject: ({ isDone }) =>
      isDone ? text`Your e-mail address was changed` : text`Your e-mail address is about to change`,
    body: (values) => [
      values.isDone
        ? text`your account uses another e-mail address now; this one no longer opens it.`
        : text`someone who is signed in to your account asked to move it to another e-mail address.`,
      text`If it was not you, change your password at once and tell us.`,
    ],
  },
  de: {
    subject: ({ isDone }) =>
      isDone ? text`Deine E-Mail-Adresse wurde geändert` : text`Deine E-Mail-Adresse soll geändert werden`,
    body: (values) => [
      values.isDone
        ? text`dein Konto verwendet jetzt eine andere E-Mail-Adresse; diese hier öffnet es nicht mehr.`
        : text`jemand, der an deinem Konto angemeldet ist, möchte es auf eine andere E-Mail-Adresse umstellen.`,
      text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
    ],
  },
});

export const newDeviceMail = defineMail<{ readonly device: string; readonly ip: string }>({
  en: {
    subject: () => text`A sign-in from a new device`,
    body: (values) => [
      text`your account was signed in to from a device that we have not seen before, at the address ${trustedText(values.ip)}.`,
      text`The device calls itself: ${values.device}`,
      text`If it was you, all is well. If not, change your password: that signs out every device.`,
    ],
  },
  de: {
    subject: () => text`Anmeldung von einem neuen Gerät`,
    body: (values) => [
      text`an deinem Konto hat sich ein Gerät angemeldet, das wir noch nicht kannten, von der Adresse ${trustedText(values.ip)}.`,
      text`Das Gerät nennt sich: ${values.device}`,
      text`Wenn du es warst, ist alles gut. Wenn nicht, ändere dein Passwort: das meldet jedes Gerät ab.`,
    ],
  },
});
