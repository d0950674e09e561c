import Joi from 'joi';
import { defineEvent } from '../../events/events.ts';
import { currencyCode, integer, object } from '../../core/schema.ts';

const money = {
  reference: Joi.string(),
  amountMinor: integer(0, Number.MAX_SAFE_INTEGER),
  currency: currencyCode(),
};

/** It is about to be asked for: from here on the provider may know of it. Stored, and not told to others. */
export const paymentRequested = defineEvent({
  type: 'payments.requested',
  aggregate: 'payment',
  schema: object(money),
});

/** The amount is reserved. */
export const paymentAuthorized = defineEvent({
  type: 'payments.authorized',
  aggregate: 'payment',
  schema: object(money),
});

/** The amount was not reserved, and will not be. */
export const paymentDeclined = defineEvent({
  type: 'payments.declined',
  aggregate: 'payment',
  schema: object({ ...money, reason: Joi.string() }),
});

/** The amount is ours. */
export const paymentCaptured = defineEvent({
  type: 'payments.captured',
  aggregate: 'payment',
  schema: object(money),
});

/** It is to be undone, however far it is or will have come. Stored, and not told to others. */
export const paymentCancelRequested = defineEvent({
  type: 'payments.cancel-requested',
  aggregate: 'payment',
  schema: object({ reference: Joi.string() }),
});

/** Nothing is reserved or taken any more; the last event of a payment. */
export const paymentCancelled = defineEvent({
  type: 'payments.cancelled',
  aggregate: 'payment',
  schema: object({ ...money, refundedMinor: integer(0, Number.MAX_SAFE_INTEGER) }),
});
