import { defineErrors } from '../../core/errors.ts';

export const webhookErrors = defineErrors({
  notFound: [
    'not_found',
    'WEBHOOKS_NOT_FOUND',
    'There is no such webhook endpoint.',
    { de: 'Diesen Webhook-Endpunkt gibt es nicht.' },
  ],
  deliveryNotFound: [
    'not_found',
    'WEBHOOKS_DELIVERY_NOT_FOUND',
    'There is no such delivery to this endpoint, or it is older than 30 days.',
    { de: 'Diese Zustellung an den Endpunkt gibt es nicht, oder sie ist älter als 30 Tage.' },
  ],
  tooMany: [
    'conflict',
    'WEBHOOKS_TOO_MANY',
    'You have ten webhook endpoints, which is the limit: delete one first.',
    { de: 'Mehr als zehn Webhook-Endpunkte sind nicht möglich: bitte erst einen löschen.' },
  ],
  disabled: [
    'conflict',
    'WEBHOOKS_DISABLED',
    'This webhook endpoint is disabled: enable it first.',
    { de: 'Dieser Webhook-Endpunkt ist ausgeschaltet: bitte erst einschalten.' },
  ],
});
