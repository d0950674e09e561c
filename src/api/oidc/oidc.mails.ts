import { defineMail, trustedText, text } from '../mail/index.ts';

interface LinkFacts {
  /** Its name in OIDC_PROVIDERS. */
  readonly provider: string;
}

/** That there is another way into the account from now on. */
export const identityLinkedMail = defineMail<LinkFacts>({
  en: {
    subject: ({ provider }) => text`You can now sign in with ${trustedText(provider)}`,
    body: ({ provider }) => [
      text`your account was linked to ${trustedText(provider)}: whoever signs in there can sign in here from now on.`,
      text`If it was not you, unlink it, change your password at once and tell us.`,
    ],
  },
  de: {
    subject: ({ provider }) => text`Du kannst dich jetzt mit ${trustedText(provider)} anmelden`,
    body: ({ provider }) => [
      text`dein Konto wurde mit ${trustedText(provider)} verbunden: Wer sich dort anmeldet, kann sich ab jetzt auch hier anmelden.`,
      text`Wenn du es nicht warst, löse die Verbindung, ändere sofort dein Passwort und sage uns Bescheid.`,
    ],
  },
});

/** That a way into the account is gone. */
export const identityUnlinkedMail = defineMail<LinkFacts>({
  en: {
    subject: ({ provider }) => text`You no longer sign in with ${trustedText(provider)}`,
    body: ({ provider }) => [
      text`your account is no longer linked to ${trustedText(provider)}: signing in there no longer opens it.`,
      text`If it was not you, change your password at once and tell us.`,
    ],
  },
  de: {
    subject: ({ provider }) => text`Du meldest dich nicht mehr mit ${trustedText(provider)} an`,
    body: ({ provider }) => [
      text`dein Konto ist nicht mehr mit ${trustedText(provider)} verbunden: Eine Anmeldung dort öffnet es nicht mehr.`,
      text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
    ],
  },
});
