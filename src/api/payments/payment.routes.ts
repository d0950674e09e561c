import { route, type RouteDefinition } from '../../http/route.ts';
import type { PaymentController } from './payment.controller.ts';
import { paymentErrors } from './payment.errors.ts';
import { paymentParams, paymentView, webhookBody } from './payment.validation.ts';

export const paymentRoutes = (controller: PaymentController): RouteDefinition[] => [
  route({
    method: 'post',
    path: '/webhooks',
    summary: 'Take a notice of the payment provider',
    description:
      'Signed as [standard-webhooks](https://www.standardwebhooks.com) says: `webhook-id`, `webhook-timestamp` (at most five minutes old) and `webhook-signature`, which is `v1,` and the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`. ' +
      'A notice only leads to the payment being read at the provider; what it says is not believed. Sending one again changes nothing.',
    access: 'public',
    body: webhookBody,
    replies: { 204: null },
    errors: [paymentErrors.signatureRefused, paymentErrors.off],
    handle: controller.receive,
  }),
  route({
    method: 'get',
    path: '/:reference',
    summary: 'Read a payment',
    description: 'Its reference is the id of the order that it is for.',
    access: { permission: 'payments:read' },
    params: paymentParams,
    replies: { 200: paymentView },
    errors: [paymentErrors.notFound],
    handle: controller.get,
  }),
];
