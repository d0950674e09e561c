import { defineMail, text } from '../mail/index.ts';
import type { DisabledReason } from './webhook.validation.ts';

interface DisabledEndpoint {
  readonly url: string;
  readonly reason: DisabledReason;
}

const reasons = {
  en: {
    gone: text`it responded with 410 Gone`,
    failing: text`every delivery has failed for five days`,
  },
  de: {
    gone: text`er hat mit 410 Gone geantwortet`,
    failing: text`seit fünf Tagen ist jede Zustellung fehlgeschlagen`,
  },
};

/** Notifies the owner that an endpoint was disabled. */
export const endpointDisabledMail = defineMail<DisabledEndpoint>({
  en: {
    subject: () => text`A webhook endpoint was disabled`,
    body: ({ url, reason }) => [
      text`one of your webhook endpoints was disabled: ${reasons.en[reason]}.`,
      text`The endpoint: ${url}`,
      text`Enable it once it works again. Events until then are not sent to it.`,
    ],
  },
  de: {
    subject: () => text`Ein Webhook-Endpunkt wurde ausgeschaltet`,
    body: ({ url, reason }) => [
      text`einer deiner Webhook-Endpunkte wurde ausgeschaltet: ${reasons.de[reason]}.`,
      text`Der Endpunkt: ${url}`,
      text`Sobald er wieder antwortet, schalte ihn ein. Ereignisse bis dahin werden nicht an ihn gesendet.`,
    ],
  },
});
