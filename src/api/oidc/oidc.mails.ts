import { defineMail, trustedText, text } from '../mail/index.ts';

interface LinkFacts {
  /** The name of the provider in OIDC_PROVIDERS. */
  readonly provider: string;
}

/** Notifies the user that a provider was linked. */
export const identityLinkedMail = defineMail<LinkFacts>({
  en: {
    subject: ({ provider }) => text`You can now sign in with ${trustedText(provider)}`,
    body: ({ provider }) => [
      text`your account was linked to ${trustedText(provider)}. From now on, you can sign in here with your account there.`,
      text`If it was not you, unlink it, change your password immediately and contact us.`,
    ],
  },
  de: {
    subject: ({ provider }) => text`Du kannst dich jetzt mit ${trustedText(provider)} anmelden`,
    body: ({ provider }) => [
      text`dein Konto wurde mit ${trustedText(provider)} verbunden. Ab jetzt kannst du dich hier mit deinem Konto dort anmelden.`,
      text`Wenn du es nicht warst, löse die Verbindung, ändere sofort dein Passwort und sage uns Bescheid.`,
    ],
  },
});

/** Notifies the user that a provider was unlinked. */
export const identityUnlinkedMail = defineMail<LinkFacts>({
  en: {
    subject: ({ provider }) => text`You can no longer sign in with ${trustedText(provider)}`,
    body: ({ provider }) => [
      text`your account is no longer linked to ${trustedText(provider)}. You can no longer sign in here with your account there.`,
      text`If it was not you, change your password immediately and contact us.`,
    ],
  },
  de: {
    subject: ({ provider }) => text`Du kannst dich nicht mehr mit ${trustedText(provider)} anmelden`,
    body: ({ provider }) => [
      text`dein Konto ist nicht mehr mit ${trustedText(provider)} verbunden. Du kannst dich hier nicht mehr mit deinem Konto dort anmelden.`,
      text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
    ],
  },
});
