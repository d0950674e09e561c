import Joi from 'joi';
import {
  currencyCode,
  integer,
  named,
  object,
  oneOf,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';

export const paymentStatuses = [
  'requested',
  'authorized',
  'declined',
  'captured',
  'voided',
  'refunded',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const paymentParams = object({ reference: uuid() });

/** Allows any fields: the provider defines them, and only its adapter reads them. */
export const webhookBody = named('PaymentNotice', Joi.object().unknown(true));

const amount = () => integer(0, Number.MAX_SAFE_INTEGER);

export const paymentView = named(
  'Payment',
  object({
    reference: uuid(),
    status: oneOf(...paymentStatuses),
    amountMinor: amount(),
    refundedMinor: amount(),
    currency: currencyCode(),
    updatedAt: timestamp(),
  }),
);
export type PaymentView = Infer<typeof paymentView>;
