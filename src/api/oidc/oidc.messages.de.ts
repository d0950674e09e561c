import { text, trustedText } from '../mail/index.ts';
import type { en } from './oidc.messages.en.ts';

export const de: typeof en = {
  errors: {
    signInFailed: 'Die Anmeldung bei diesem Anbieter ist nicht gelungen. Bitte neu beginnen.',
    emailUnverified: 'Der Anbieter hat die E-Mail-Adresse nicht bestätigt. Bitte sie erst dort bestätigen.',
    providerNotFound: 'Diesen Anbieter zum Anmelden gibt es nicht.',
    linkNotFound: 'Das Konto ist mit diesem Anbieter nicht verbunden.',
    linkRequired:
      'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Bitte dort anmelden und den Anbieter verbinden.',
    identityTaken: 'Diese Identität ist mit einem anderen Konto verbunden.',
    lastWayIn:
      'Das ist die einzige Möglichkeit, sich an dem Konto anzumelden. Bitte erst ein Passwort setzen oder einen anderen Anbieter verbinden.',
    providerMisconfigured:
      'Die Anmeldung mit diesem Anbieter ist falsch eingerichtet. Bitte den Betreiber dieses Dienstes verständigen.',
    providerUnavailable:
      'Der Anbieter zum Anmelden antwortet gerade nicht; bitte gleich noch einmal versuchen.',
  },
  rules: {
    provider: 'muss der Name eines Anbieters sein',
    once: 'darf nur einmal vorkommen',
  },
  notices: {
    unlinked: (providers) => `Nicht mehr verbundene Anbieter: ${providers}.`,
    stillLinked: (providers) => `Weiterhin verbundene Anbieter: ${providers}.`,
  },
  mails: {
    identityLinked: {
      subject: ({ provider }) => text`Du kannst dich jetzt mit ${trustedText(provider)} anmelden`,
      body: ({ provider }) => [
        text`dein Konto wurde mit ${trustedText(provider)} verbunden. Ab jetzt kannst du dich hier mit deinem Konto dort anmelden.`,
        text`Wenn du es nicht warst, löse die Verbindung, ändere sofort dein Passwort und sage uns Bescheid.`,
      ],
    },
    identityUnlinked: {
      subject: ({ provider }) => text`Du kannst dich nicht mehr mit ${trustedText(provider)} anmelden`,
      body: ({ provider }) => [
        text`dein Konto ist nicht mehr mit ${trustedText(provider)} verbunden. Du kannst dich hier nicht mehr mit deinem Konto dort anmelden.`,
        text`Wenn du es nicht warst, ändere sofort dein Passwort und sage uns Bescheid.`,
      ],
    },
  },
};
