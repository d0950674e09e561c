import type { AccountHooks } from '../../core/account-hooks.ts';
import type { DeliveryRepository } from './delivery.repository.ts';
import type { EndpointService } from './endpoint.service.ts';
import { webhookMessages } from './webhook.messages.ts';

/** Deletes endpoints created before the email was verified, and reports the number of endpoints after a password reset. */
export const accountHooks = (endpoints: EndpointService, deliveries: DeliveryRepository): AccountHooks => ({
  beforeEmailVerified: (userId) => deliveries.deleteInBatchesFor(userId),
  onEmailVerified: async (userId) => {
    const count = await endpoints.removeAllOf(userId);
    if (count === 0) return [];
    return [webhookMessages.notices.removed(count)];
  },
  onPasswordReset: async (userId) => {
    const count = (await endpoints.list(userId)).length;
    if (count === 0) return [];
    return [webhookMessages.notices.stillReceiving(count)];
  },
});
