import { defineMail } from '../mail/index.ts';

interface LinkFacts {
  readonly name: string;
  readonly provider: string;
}

/** That there is another way into the account from now on. */
export const identityLinkedMail = defineMail<LinkFacts>({
  en: {
    subject: ({ provider }) => `You can now sign in with ${provider}`,
    body: ({ name, provider }) => [
      `Hello ${name},`,
      `your account was linked to ${provider}: whoever signs in there can sign in here from now on.`,
      'If it was not you, unlink it, change your password at once and tell us.',
    ],
  },
  de: {
    subject: ({ provider }) => `Du kannst dich jetzt mit ${provider} anmelden`,
    body: ({ name, provider }) => [
      `Hallo ${name},`,
      `dein Konto wurde mit ${provider} verbunden: Wer sich dort anmeldet, kann sich ab jetzt auch hier anmelden.`,
      'Wenn du es nicht warst, löse die Verbindung, ändere sofort dein Passwort und sage uns Bescheid.',
    ],
  },
});

/** That a way into the account is gone. */
export const identityUnlinkedMail = defineMail<LinkFacts>({
  en: {
    subject: ({ provider }) => `You no longer sign in with ${provider}`,
    body: ({ name, provider }) => [
      `Hello ${name},`,
      `your account is no longer linked to ${provider}: signing in there no longer opens it.`,
      'If it was not you, change your password at once and tell us.',
    ],
  },
  de: {
    subject: ({ provider }) => `Du meldest dich nicht mehr mit ${provider} an`,
    body: ({ name, provider }) => [
      `Hallo ${name},`,
      `dein Konto ist nicht mehr mit ${provider} verbunden: Eine Anmeldung dort öffnet es nicht mehr.`,
      'Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.',
    ],
  },
});
