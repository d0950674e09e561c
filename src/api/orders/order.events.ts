import { defineEvent } from '../../events/events.ts';
import { currencyCode, integer, object, oneOf, uuid } from '../../core/schema.ts';

const ownerFields = { orderId: uuid(), customerId: uuid() };
const order = { aggregate: 'order', schema: object(ownerFields) } as const;

export const orderPlaced = defineEvent({
  type: 'orders.placed',
  aggregate: 'order',
  schema: object({
    ...ownerFields,
    totalMinor: integer(0, Number.MAX_SAFE_INTEGER),
    currency: currencyCode(),
  }),
});

export const orderPaid = defineEvent({ type: 'orders.paid', ...order });
export const orderShipped = defineEvent({ type: 'orders.shipped', ...order });
export const orderDelivered = defineEvent({ type: 'orders.delivered', ...order });
export const orderRefunded = defineEvent({ type: 'orders.refunded', ...order });

/**
 * The reasons for a cancellation: the customer or the staff asked for it, the payment was declined, or the payment did
 * not arrive in time.
 */
export const cancelReasons = ['asked', 'declined', 'expired'] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const orderCancelled = defineEvent({
  type: 'orders.cancelled',
  aggregate: 'order',
  schema: object({ ...ownerFields, reason: oneOf(...cancelReasons) }),
});

export const orderEvents = [
  orderPlaced,
  orderPaid,
  orderShipped,
  orderDelivered,
  orderRefunded,
  orderCancelled,
];
