import Joi from 'joi';
import { listQuery, pageOf } from '../../core/pagination.ts';
import {
  arrayOf,
  integer,
  named,
  nullable,
  object,
  oneOf,
  optional,
  partial,
  text,
  timestamp,
  uuid,
  withDefault,
  type Infer,
} from '../../core/schema.ts';

const url = () =>
  Joi.string()
    .max(2_000)
    .description(
      'https, without user name, password and fragment, at port 443, 80 or one from 1024 on. What its host leads to must be public.',
    );

const description = () => text(0, 200);

const events = () =>
  arrayOf(Joi.string().max(100), { min: 1, max: 50, unique: true }).description(
    'The types of events to hear of, such as order.paid; a wrong one is answered with those that there are.',
  );

export const endpointParams = object({ id: uuid() });

export const deliveryParams = object({ id: uuid(), deliveryId: uuid() });

export const createEndpointBody = named(
  'NewWebhookEndpoint',
  object({ url: url(), events: events(), description: withDefault(description(), '') }),
);
export type CreateEndpointBody = Infer<typeof createEndpointBody>;

export const changeEndpointBody = named(
  'WebhookEndpointChange',
  partial(object({ url: url(), events: events(), description: description(), isEnabled: Joi.boolean() })),
);
export type ChangeEndpointBody = Infer<typeof changeEndpointBody>;

/** `gone`: it answered 410; `failing`: no attempt has succeeded for five days. */
export type DisabledReason = 'gone' | 'failing';

const shown = {
  id: uuid(),
  url: Joi.string(),
  description: text(0, 200),
  events: arrayOf(Joi.string()),
  isEnabled: Joi.boolean(),
  disabledReason: nullable(Joi.string()).description(
    'Why it was disabled, where you did not do it: `gone`, as it answered 410, or `failing`, as no attempt has succeeded for five days.',
  ),
  failingSince: nullable(timestamp()).description('The first failed attempt since the last success.'),
  rotatedUntil: nullable(timestamp()).description(
    'When the secret before the last rotation ceases to sign, or has ceased to.',
  ),
  createdAt: timestamp(),
  version: integer(1, Number.MAX_SAFE_INTEGER),
};

export const endpointView = named('WebhookEndpoint', object(shown));
export type EndpointView = Infer<typeof endpointView>;

export const endpointsView = arrayOf(endpointView);

export const newEndpointView = named(
  'WebhookEndpointWithSecret',
  object({
    ...shown,
    secret: Joi.string().description('What deliveries are signed with, `whsec_…`. It is shown this once.'),
  }),
);
export type NewEndpointView = Infer<typeof newEndpointView>;

const deliveryStatus = oneOf('pending', 'delivered', 'dead');
/** `dead` was given up; it can be tried again by hand. */
export type DeliveryStatus = Infer<typeof deliveryStatus>;

export const listDeliveriesQuery = listQuery(['createdAt'], '-createdAt', {
  status: optional(deliveryStatus),
});
export type ListDeliveriesQuery = Infer<typeof listDeliveriesQuery>;

export const deliveryView = named(
  'WebhookDelivery',
  object({
    id: uuid(),
    eventId: uuid().description('What the receiver gets as webhook-id.'),
    type: Joi.string(),
    status: deliveryStatus,
    attempts: integer(0, Number.MAX_SAFE_INTEGER),
    responseStatus: nullable(integer(0, 999)).description('Of the last attempt; null where no answer came.'),
    lastError: nullable(Joi.string().allow('')).description(
      'With the first 1,000 bytes of the answer, where one came.',
    ),
    lastAttemptAt: nullable(timestamp()),
    nextAttemptAt: nullable(timestamp()),
    createdAt: timestamp(),
  }),
);
export type DeliveryView = Infer<typeof deliveryView>;

export const deliveryPage = pageOf(deliveryView);
