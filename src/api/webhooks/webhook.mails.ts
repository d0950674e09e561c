import { defineMail } from '../mail/index.ts';
import type { DisabledReason } from './webhook.validation.ts';

interface DisabledEndpoint {
  readonly name: string;
  readonly url: string;
  readonly reason: DisabledReason;
}

const reasons = {
  en: {
    gone: 'it answered that it is gone for good (410)',
    failing: 'nothing that we sent there has arrived for five days',
  },
  de: {
    gone: 'er hat geantwortet, dass es ihn nicht mehr gibt (410)',
    failing: 'seit fünf Tagen ist dort nichts mehr angekommen',
  },
};

/** To the owner of an endpoint that nothing is sent to any more. */
export const endpointDisabledMail = defineMail<DisabledEndpoint>({
  en: {
    subject: () => 'A webhook endpoint was disabled',
    body: ({ name, url, reason }) => [
      `Hello ${name},`,
      `your webhook endpoint ${url} was disabled: ${reasons.en[reason]}.`,
      'Once it works again, enable it. What happens until then is not sent to it.',
    ],
  },
  de: {
    subject: () => 'Ein Webhook-Endpunkt wurde ausgeschaltet',
    body: ({ name, url, reason }) => [
      `Hallo ${name},`,
      `dein Webhook-Endpunkt ${url} wurde ausgeschaltet: ${reasons.de[reason]}.`,
      'Sobald er wieder antwortet, schalte ihn ein. Was bis dahin geschieht, wird nicht an ihn gesendet.',
    ],
  },
});
