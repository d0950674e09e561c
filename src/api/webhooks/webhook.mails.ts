import { defineMail, text } from '../mail/index.ts';
import type { DisabledReason } from './webhook.validation.ts';

interface DisabledEndpoint {
  readonly url: string;
  readonly reason: DisabledReason;
}

const reasons = {
  en: {
    gone: text`it answered that it is gone for good (410)`,
    failing: text`nothing that we sent there has arrived for five days`,
  },
  de: {
    gone: text`er hat geantwortet, dass es ihn nicht mehr gibt (410)`,
    failing: text`seit fünf Tagen ist dort nichts mehr angekommen`,
  },
};

/** To the owner of an endpoint that nothing is sent to any more. */
export const endpointDisabledMail = defineMail<DisabledEndpoint>({
  en: {
    subject: () => text`A webhook endpoint was disabled`,
    body: ({ url, reason }) => [
      text`one of your webhook endpoints was disabled: ${reasons.en[reason]}.`,
      text`The endpoint: ${url}`,
      text`Once it works again, enable it. What happens until then is not sent to it.`,
    ],
  },
  de: {
    subject: () => text`Ein Webhook-Endpunkt wurde ausgeschaltet`,
    body: ({ url, reason }) => [
      text`einer deiner Webhook-Endpunkte wurde ausgeschaltet: ${reasons.de[reason]}.`,
      text`Der Endpunkt: ${url}`,
      text`Sobald er wieder antwortet, schalte ihn ein. Was bis dahin geschieht, wird nicht an ihn gesendet.`,
    ],
  },
});
