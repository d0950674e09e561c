import { defineMail } from '../mail/index.ts';

interface Named {
  readonly name: string;
}

interface WithLink extends Named {
  readonly link: string;
}

const greeting = {
  en: ({ name }: Named) => `Hello ${name},`,
  de: ({ name }: Named) => `Hallo ${name},`,
};

/** To the address that an account was made or changed with. */
export const verifyEmailMail = defineMail<WithLink>({
  en: {
    subject: () => 'Confirm your e-mail address',
    body: (values) => [
      greeting.en(values),
      'please confirm that this address is yours. The link is good for 24 hours.',
      { label: 'Confirm address', url: values.link },
      'If you have not made an account with us, ignore this mail.',
    ],
  },
  de: {
    subject: () => 'E-Mail-Adresse bestätigen',
    body: (values) => [
      greeting.de(values),
      'bitte bestätige, dass diese Adresse dir gehört. Der Link gilt 24 Stunden.',
      { label: 'Adresse bestätigen', url: values.link },
      'Wenn du bei uns kein Konto angelegt hast, ignoriere diese E-Mail.',
    ],
  },
});

export const resetPasswordMail = defineMail<WithLink>({
  en: {
    subject: () => 'Set a new password',
    body: (values) => [
      greeting.en(values),
      'someone, probably you, asked for a new password for this account. The link is good for one hour, and once.',
      { label: 'Set a new password', url: values.link },
      'If it was not you, nothing has changed and there is nothing to do.',
    ],
  },
  de: {
    subject: () => 'Neues Passwort setzen',
    body: (values) => [
      greeting.de(values),
      'jemand, vermutlich du, möchte ein neues Passwort für dieses Konto. Der Link gilt eine Stunde und einmal.',
      { label: 'Neues Passwort setzen', url: values.link },
      'Wenn du es nicht warst, hat sich nichts geändert und es ist nichts zu tun.',
    ],
  },
});

export const passwordChangedMail = defineMail<Named>({
  en: {
    subject: () => 'Your password was changed',
    body: (values) => [
      greeting.en(values),
      'the password of your account was changed, and you were signed out everywhere else.',
      'If it was not you, set a new password at once ("forgot password") and tell us.',
    ],
  },
  de: {
    subject: () => 'Dein Passwort wurde geändert',
    body: (values) => [
      greeting.de(values),
      'das Passwort deines Kontos wurde geändert, und du wurdest überall sonst abgemeldet.',
      'Wenn du es nicht warst, setze sofort ein neues Passwort („Passwort vergessen“) und sage uns Bescheid.',
    ],
  },
});

/** To the new address. */
export const confirmEmailMail = defineMail<WithLink>({
  en: {
    subject: () => 'Confirm your new e-mail address',
    body: (values) => [
      greeting.en(values),
      'please confirm that your account should use this address from now on. The link is good for one hour.',
      { label: 'Use this address', url: values.link },
      'If you have not asked for it, ignore this mail.',
    ],
  },
  de: {
    subject: () => 'Neue E-Mail-Adresse bestätigen',
    body: (values) => [
      greeting.de(values),
      'bitte bestätige, dass dein Konto von jetzt an diese Adresse verwenden soll. Der Link gilt eine Stunde.',
      { label: 'Diese Adresse verwenden', url: values.link },
      'Wenn du das nicht wolltest, ignoriere diese E-Mail.',
    ],
  },
});

/** To the old address, when the change is asked for and when it is done. */
export const emailChangeNotice = defineMail<Named & { readonly isDone: boolean }>({
  en: {
    subject: ({ isDone }) =>
      isDone ? 'Your e-mail address was changed' : 'Your e-mail address is about to change',
    body: (values) => [
      greeting.en(values),
      values.isDone
        ? 'your account uses another e-mail address now; this one no longer opens it.'
        : 'someone who is signed in to your account asked to move it to another e-mail address.',
      'If it was not you, change your password at once and tell us.',
    ],
  },
  de: {
    subject: ({ isDone }) =>
      isDone ? 'Deine E-Mail-Adresse wurde geändert' : 'Deine E-Mail-Adresse soll geändert werden',
    body: (values) => [
      greeting.de(values),
      values.isDone
        ? 'dein Konto verwendet jetzt eine andere E-Mail-Adresse; diese hier öffnet es nicht mehr.'
        : 'jemand, der an deinem Konto angemeldet ist, möchte es auf eine andere E-Mail-Adresse umstellen.',
      'Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.',
    ],
  },
});

export const newDeviceMail = defineMail<Named & { readonly device: string; readonly ip: string }>({
  en: {
    subject: () => 'A sign-in from a new device',
    body: (values) => [
      greeting.en(values),
      `your account was signed in to from a device that we have not seen before: ${values.device}, address ${values.ip}.`,
      'If it was you, all is well. If not, change your password: that signs out every device.',
    ],
  },
  de: {
    subject: () => 'Anmeldung von einem neuen Gerät',
    body: (values) => [
      greeting.de(values),
      `an deinem Konto hat sich ein Gerät angemeldet, das wir noch nicht kannten: ${values.device}, Adresse ${values.ip}.`,
      'Wenn du es warst, ist alles gut. Wenn nicht, ändere dein Passwort: das meldet jedes Gerät ab.',
    ],
  },
});
