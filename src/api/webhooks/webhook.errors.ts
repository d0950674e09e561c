import { defineErrors } from '../../core/errors.ts';
import { webhookMessages } from './webhook.messages.ts';

export const webhookErrors = defineErrors(webhookMessages.errors, {
  notFound: ['not_found', 'WEBHOOKS_NOT_FOUND'],
  deliveryNotFound: ['not_found', 'WEBHOOKS_DELIVERY_NOT_FOUND'],
  tooMany: ['conflict', 'WEBHOOKS_TOO_MANY'],
  disabled: ['conflict', 'WEBHOOKS_DISABLED'],
});
