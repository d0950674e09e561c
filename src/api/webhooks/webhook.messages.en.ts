import { text, type MailText } from '../mail/index.ts';
import type { DisabledReason } from './webhook.validation.ts';

interface DisabledEndpoint {
  readonly url: string;
  readonly reason: DisabledReason;
}

const reasons: Readonly<Record<DisabledReason, MailText>> = {
  gone: text`it responded with 410 Gone`,
  failing: text`every delivery has failed for five days`,
};

export const en = {
  errors: {
    notFound: 'There is no such webhook endpoint.',
    deliveryNotFound: 'There is no such delivery to this endpoint, or it is older than 30 days.',
    tooMany: 'You have ten webhook endpoints, which is the limit: delete one first.',
    disabled: 'This webhook endpoint is disabled: enable it first.',
  },
  rules: {
    eventType: (known: string) => `must be one of: ${known}`,
    urlScheme: 'must be a URL that starts with https://',
    urlParts: 'must not contain a user name, a password or a fragment',
    urlPort: 'must use port 443, port 80, or a port from 1024',
    urlPrivate: 'must not point to a private network',
  },
  notices: {
    removed: (count: number) => `Webhook endpoints removed: ${count}.`,
    stillReceiving: (count: number) => `Webhook endpoints that still receive your events: ${count}.`,
  },
  mails: {
    /** Notifies the owner that an endpoint was disabled. */
    endpointDisabled: {
      subject: () => text`A webhook endpoint was disabled`,
      body: ({ url, reason }: DisabledEndpoint) => [
        text`one of your webhook endpoints was disabled: ${reasons[reason]}.`,
        text`The endpoint: ${url}`,
        text`Enable it once it works again. Events until then are not sent to it.`,
      ],
    },
  },
};
