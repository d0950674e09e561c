import { text, type MailText } from '../mail/index.ts';
import type { en } from './webhook.messages.en.ts';
import type { DisabledReason } from './webhook.validation.ts';

const reasons: Readonly<Record<DisabledReason, MailText>> = {
  gone: text`er hat mit 410 Gone geantwortet`,
  failing: text`seit fünf Tagen ist jede Zustellung fehlgeschlagen`,
};

export const de: typeof en = {
  errors: {
    notFound: 'Diesen Webhook-Endpunkt gibt es nicht.',
    deliveryNotFound: 'Diese Zustellung an den Endpunkt gibt es nicht, oder sie ist älter als 30 Tage.',
    tooMany: 'Mehr als zehn Webhook-Endpunkte sind nicht möglich: bitte erst einen löschen.',
    disabled: 'Dieser Webhook-Endpunkt ist ausgeschaltet: bitte erst einschalten.',
  },
  rules: {
    eventType: (known) => `muss eines davon sein: ${known}`,
    urlScheme: 'muss eine URL sein, die mit https:// beginnt',
    urlParts: 'darf weder Benutzername noch Passwort noch Fragment haben',
    urlPort: 'muss Port 443, Port 80 oder einen Port ab 1024 verwenden',
    urlPrivate: 'darf nicht in ein privates Netz führen',
  },
  notices: {
    removed: (count) => `Entfernte Webhook-Endpunkte: ${count}.`,
    stillReceiving: (count) => `Webhook-Endpunkte, die deine Ereignisse weiterhin erhalten: ${count}.`,
  },
  mails: {
    endpointDisabled: {
      subject: () => text`Ein Webhook-Endpunkt wurde ausgeschaltet`,
      body: ({ url, reason }) => [
        text`einer deiner Webhook-Endpunkte wurde ausgeschaltet: ${reasons[reason]}.`,
        text`Der Endpunkt: ${url}`,
        text`Sobald er wieder antwortet, schalte ihn ein. Ereignisse bis dahin werden nicht an ihn gesendet.`,
      ],
    },
  },
};
