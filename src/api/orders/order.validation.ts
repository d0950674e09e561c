import Joi from 'joi';
import { listQuery, pageOf } from '../../core/pagination.ts';
import {
  arrayOf,
  currencyCode,
  integer,
  named,
  object,
  oneOf,
  optional,
  messages,
  text,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';
import { orderMessages } from './order.messages.ts';

/** The steps of the payment of an order. */
export const paymentSteps = [
  'authorizing',
  'capturing',
  'paid',
  'declined',
  'expired',
  'cancelling',
  'cancelled',
] as const;
export type PaymentStep = (typeof paymentSteps)[number];

export const orderStatuses = ['pending', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const shippingAddress = object({
  name: text(1, 200),
  line1: text(1, 200),
  line2: optional(text(0, 200)),
  city: text(1, 200),
  postalCode: text(1, 20),
  country: Joi.string()
    .pattern(/^[A-Z]{2}$/)
    .messages(messages('string.pattern.base', orderMessages.rules.country)),
});

export type ShippingAddress = Infer<typeof shippingAddress>;

export const orderParams = object({ id: uuid() });

export const placeOrderBody = named(
  'NewOrder',
  object({
    items: arrayOf(object({ productId: uuid(), quantity: integer(1, 1_000) }), {
      min: 1,
      max: 50,
    }).description('Each product may appear in one item only.'),
    shippingAddress: optional(shippingAddress),
  }),
);
export type PlaceOrderBody = Infer<typeof placeOrderBody>;

const status = oneOf(...orderStatuses);

export const listOrdersQuery = listQuery(['createdAt', 'totalMinor'], '-createdAt', {
  status: optional(status),
});
export type ListOrdersQuery = Infer<typeof listOrdersQuery>;

const amount = () => integer(0, Number.MAX_SAFE_INTEGER);

export const orderView = named(
  'Order',
  object({
    id: uuid(),
    customerId: uuid(),
    shippingAddress: optional(shippingAddress),
    status,
    currency: currencyCode(),
    totalMinor: amount(),
    items: arrayOf(
      object({
        productId: uuid(),
        sku: Joi.string(),
        name: Joi.string(),
        quantity: integer(1, 1_000),
        unitPriceMinor: amount(),
      }),
    ),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: integer(1, Number.MAX_SAFE_INTEGER),
    payment: optional(
      object({ step: oneOf(...paymentSteps), since: timestamp() }).description(
        'The step that the payment has reached. Present only in the response for a single order, and only after the payment has started.',
      ),
    ),
  }),
);
export type OrderView = Infer<typeof orderView>;

export const orderPage = pageOf(orderView);

export const listSummariesQuery = listQuery(['placedAt', 'totalMinor'], '-placedAt', {
  status: optional(status),
  payment: optional(oneOf(...paymentSteps)),
  customerId: optional(uuid()),
});
export type ListSummariesQuery = Infer<typeof listSummariesQuery>;

export const orderSummaryView = named(
  'OrderSummary',
  object({
    id: uuid(),
    customerId: uuid(),
    status,
    payment: optional(oneOf(...paymentSteps)),
    currency: currencyCode(),
    totalMinor: amount(),
    lines: integer(1, 50),
    pieces: integer(1, 50_000),
    placedAt: timestamp(),
    updatedAt: timestamp(),
  }),
);
export type OrderSummaryView = Infer<typeof orderSummaryView>;

export const orderSummaryPage = pageOf(orderSummaryView);
