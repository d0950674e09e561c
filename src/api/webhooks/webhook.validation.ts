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
      'An https URL without user name, password or fragment, with port 443, port 80, or a port from 1024. Its host must resolve to public addresses.',
    );

const description = () => text(0, 200);

const events = () =>
  arrayOf(Joi.string().max(100), { min: 1, max: 50, unique: true }).description(
    'The event types to subscribe to, such as order.paid. The error for an unknown type lists the available ones.',
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

/** `gone`: the endpoint responded with 410. `failing`: no attempt has succeeded for five days. */
export type DisabledReason = 'gone' | 'failing';

const endpointFields = {
  id: uuid(),
  url: Joi.string(),
  description: text(0, 200),
  events: arrayOf(Joi.string()),
  isEnabled: Joi.boolean(),
  disabledReason: nullable(Joi.string()).description(
    'The reason if the service disabled the endpoint: `gone` after a 410 response, `failing` if no attempt has succeeded for five days.',
  ),
  failingSince: nullable(timestamp()).description('The first failed attempt since the last success.'),
  rotatedUntil: nullable(timestamp()).description(
    'The time at which the previous secret stops signing, or stopped.',
  ),
  createdAt: timestamp(),
  version: integer(1, Number.MAX_SAFE_INTEGER),
};

export const endpointView = named('WebhookEndpoint', object(endpointFields));
export type EndpointView = Infer<typeof endpointView>;

export const endpointsView = arrayOf(endpointView);

export const newEndpointView = named(
  'WebhookEndpointWithSecret',
  object({
    ...endpointFields,
    secret: Joi.string().description('The signing secret, `whsec_…`. Shown only once.'),
  }),
);
export type NewEndpointView = Infer<typeof newEndpointView>;

const deliveryStatus = oneOf('pending', 'delivered', 'dead');
/** `dead`: every attempt has failed. A user can retry it. */
export type DeliveryStatus = Infer<typeof deliveryStatus>;

export const listDeliveriesQuery = listQuery(['createdAt'], '-createdAt', {
  status: optional(deliveryStatus),
});
export type ListDeliveriesQuery = Infer<typeof listDeliveriesQuery>;

export const deliveryView = named(
  'WebhookDelivery',
  object({
    id: uuid(),
    eventId: uuid().description('The `webhook-id` that the receiver gets.'),
    type: Joi.string(),
    status: deliveryStatus,
    attempts: integer(0, Number.MAX_SAFE_INTEGER),
    responseStatus: nullable(integer(0, 999)).description(
      'The status of the last response; null if there was none.',
    ),
    lastError: nullable(Joi.string().allow('')).description(
      'The error of the last attempt, with the first 1,000 bytes of the response.',
    ),
    lastAttemptAt: nullable(timestamp()),
    nextAttemptAt: nullable(timestamp()),
    createdAt: timestamp(),
  }),
);
export type DeliveryView = Infer<typeof deliveryView>;

export const deliveryPage = pageOf(deliveryView);
