import type { WebhookDelivery } from './webhook-delivery.model.ts';
import type { WebhookEndpoint } from './webhook-endpoint.model.ts';
import type { DeliveryView, EndpointView, NewEndpointView } from './webhook.validation.ts';

const isoOf = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export const toEndpointView = (endpoint: WebhookEndpoint): EndpointView => ({
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  events: endpoint.events,
  isEnabled: endpoint.isEnabled,
  disabledReason: endpoint.disabledReason,
  failingSince: isoOf(endpoint.failingSince),
  rotatedUntil: isoOf(endpoint.previousExpiresAt),
  createdAt: endpoint.createdAt.toISOString(),
  version: endpoint.version,
});

/** Adds the secret to the view of an endpoint. Use it only for the response that shows the secret. */
export const toNewEndpointView = ({
  endpoint,
  secret,
}: {
  endpoint: WebhookEndpoint;
  secret: string;
}): NewEndpointView => ({ ...toEndpointView(endpoint), secret });

export const toDeliveryView = (delivery: WebhookDelivery): DeliveryView => ({
  id: delivery.id,
  eventId: delivery.eventId,
  type: delivery.type,
  status: delivery.status,
  attempts: delivery.attempts,
  responseStatus: delivery.responseStatus,
  lastError: delivery.lastError,
  lastAttemptAt: isoOf(delivery.lastAttemptAt),
  nextAttemptAt: isoOf(delivery.nextAttemptAt),
  createdAt: delivery.createdAt.toISOString(),
});
