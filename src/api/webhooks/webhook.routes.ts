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
    description: 'The newest first.',
    replies: { 200: endpointsView },
    handle: controller.list,
  }),
  authenticated({
    method: 'post',
    path: '/',
    summary: 'Make a webhook endpoint',
    description:
      'What happens from now on is sent there as JSON, signed as Standard Webhooks says. The answer shows the secret for the only time.',
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
      'What is on its way goes to the new address, and nowhere once the endpoint is disabled. Another address, more events and enabling need a sign-in within the last ten minutes.',
    params: endpointParams,
    body: changeEndpointBody,
    replies: { 200: endpointView },
    errors: [webhookErrors.notFound, coreErrors.recentSignInRequired],
    handle: controller.change,
  }),
  authenticated({
    method: 'delete',
    path: '/:id',
    summary: 'Remove a webhook endpoint',
    description: 'With its deliveries; what is on its way is not sent any more.',
    params: endpointParams,
    replies: { 204: null },
    errors: [webhookErrors.notFound],
    handle: controller.remove,
  }),
  authenticated({
    method: 'post',
    path: '/:id/rotate-secret',
    summary: 'Give a webhook endpoint a new secret',
    description:
      'The answer shows the new secret for the only time. For 24 hours the one that it replaces signs as well, so that a receiver may know either.',
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
    description: 'An event of the type `webhooks.test`, whatever the endpoint wants to hear of.',
    params: endpointParams,
    replies: { 202: deliveryView },
    errors: [webhookErrors.notFound, webhookErrors.disabled],
    handle: controller.test,
  }),
  authenticated({
    method: 'get',
    path: '/:id/deliveries',
    summary: 'List the deliveries to a webhook endpoint',
    description: 'Those of the last 30 days.',
    params: endpointParams,
    query: listDeliveriesQuery,
    replies: { 200: deliveryPage },
    errors: [webhookErrors.notFound],
    handle: controller.listDeliveries,
  }),
  authenticated({
    method: 'post',
    path: '/:id/deliveries/:deliveryId/retry',
    summary: 'Try a delivery now',
    description: 'Also one that is dead, or that has arrived: its receiver knows it by the same webhook-id.',
    params: deliveryParams,
    replies: { 202: deliveryView },
    errors: [webhookErrors.notFound, webhookErrors.deliveryNotFound, webhookErrors.disabled],
    handle: controller.retry,
  }),
];
