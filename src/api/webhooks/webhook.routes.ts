import { coreErrors } from '../../core/errors.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import type { WebhookController } from './webhook.controller.ts';
import { webhookErrors } from './webhook.errors.ts';
import {
  changeEndpointBody,
  createEndpointBody,
  deliveryPage,
  deliveryParams,
  deliveryView,
  endpointParams,
  endpointsView,
  endpointView,
  listDeliveriesQuery,
  newEndpointView,
} from './webhook.validation.ts';

const authenticated = route.with({ access: { permission: 'webhooks:manage' } });

export const webhookRoutes = (controller: WebhookController): RouteDefinition[] => [
  authenticated({
    method: 'get',
    path: '/',
    summary: 'List your webhook endpoints',
    description: 'Newest first.',
    replies: { 200: endpointsView },
    handle: controller.list,
  }),
  authenticated({
    method: 'post',
    path: '/',
    summary: 'Create a webhook endpoint',
    description:
      'Future events are sent to the URL as JSON, signed with Standard Webhooks. The response contains the secret, which is shown only once.',
    requireRecentSignIn: true,
    body: createEndpointBody,
    replies: { 201: newEndpointView },
    errors: [webhookErrors.tooMany],
    handle: controller.create,
  }),
  authenticated({
    method: 'get',
    path: '/:id',
    summary: 'Read a webhook endpoint',
    params: endpointParams,
    replies: { 200: endpointView },
    errors: [webhookErrors.notFound],
    handle: controller.get,
  }),
  authenticated({
    method: 'patch',
    path: '/:id',
    summary: 'Change a webhook endpoint',
    description:
      'Pending deliveries are sent to the new URL. If the endpoint is disabled, they end without being sent. A new URL, additional events and enabling require a sign-in within the last ten minutes.',
    params: endpointParams,
    body: changeEndpointBody,
    replies: { 200: endpointView },
    errors: [webhookErrors.notFound, coreErrors.recentSignInRequired],
    handle: controller.change,
  }),
  authenticated({
    method: 'delete',
    path: '/:id',
    summary: 'Delete a webhook endpoint',
    description: 'Also deletes the deliveries to the endpoint. Pending deliveries are not sent.',
    params: endpointParams,
    replies: { 204: null },
    errors: [webhookErrors.notFound],
    handle: controller.remove,
  }),
  authenticated({
    method: 'post',
    path: '/:id/rotate-secret',
    summary: 'Rotate the secret of a webhook endpoint',
    description:
      'The response contains the new secret, which is shown only once. For 24 hours, messages are signed with both the new and the previous secret.',
    requireRecentSignIn: true,
    params: endpointParams,
    replies: { 200: newEndpointView },
    errors: [webhookErrors.notFound],
    handle: controller.rotateSecret,
  }),
  authenticated({
    method: 'post',
    path: '/:id/test',
    summary: 'Send a test event to a webhook endpoint',
    description: 'Sends an event of the type `webhooks.test`, even if the endpoint does not subscribe to it.',
    params: endpointParams,
    replies: { 202: deliveryView },
    errors: [webhookErrors.notFound, webhookErrors.disabled],
    handle: controller.test,
  }),
  authenticated({
    method: 'get',
    path: '/:id/deliveries',
    summary: 'List the deliveries to a webhook endpoint',
    description: 'Deliveries are kept for 30 days.',
    params: endpointParams,
    query: listDeliveriesQuery,
    replies: { 200: deliveryPage },
    errors: [webhookErrors.notFound],
    handle: controller.listDeliveries,
  }),
  authenticated({
    method: 'post',
    path: '/:id/deliveries/:deliveryId/retry',
    summary: 'Retry a delivery',
    description: 'Sends it immediately, also if it is dead or delivered. The `webhook-id` stays the same.',
    params: deliveryParams,
    replies: { 202: deliveryView },
    errors: [webhookErrors.notFound, webhookErrors.deliveryNotFound, webhookErrors.disabled],
    handle: controller.retry,
  }),
];
