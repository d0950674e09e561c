import Joi from 'joi';
import { defineEvent } from '../../events/events.ts';
import { currencyCode, integer, object } from '../../core/schema.ts';

const money = {
  reference: Joi.string(),
  amountMinor: integer(0, Number.MAX_SAFE_INTEGER),
  currency: currencyCode(),
};

/**
 * Stored before the authorization is requested. From now on, the provider may know the payment. This event is not
 * published.
 */
export const paymentRequested = defineEvent({
  type: 'payments.requested',
  aggregate: 'payment',
  schema: object(money),
});

/** The amount is authorized. */
export const paymentAuthorized = defineEvent({
  type: 'payments.authorized',
  aggregate: 'payment',
  schema: object(money),
});

/** The authorization was declined. */
export const paymentDeclined = defineEvent({
  type: 'payments.declined',
  aggregate: 'payment',
  schema: object({ ...money, reason: Joi.string() }),
});

/** The amount is captured. */
export const paymentCaptured = defineEvent({
  type: 'payments.captured',
  aggregate: 'payment',
  schema: object(money),
});

/** The payment must be voided or refunded, whatever its status. This event is not published. */
export const paymentCancelRequested = defineEvent({
  type: 'payments.cancel-requested',
  aggregate: 'payment',
  schema: object({ reference: Joi.string() }),
});

/** The payment is voided or refunded. This is the last event of a payment. */
export const paymentCancelled = defineEvent({
  type: 'payments.cancelled',
  aggregate: 'payment',
  schema: object({ ...money, refundedMinor: integer(0, Number.MAX_SAFE_INTEGER) }),
});
