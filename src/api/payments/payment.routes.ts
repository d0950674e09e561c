import { route, type RouteDefinition } from '../../http/route.ts';
import type { PaymentController } from './payment.controller.ts';
import { paymentErrors } from './payment.errors.ts';
import { paymentParams, paymentView, webhookBody } from './payment.validation.ts';

export const paymentRoutes = (controller: PaymentController): RouteDefinition[] => [
  route({
    method: 'post',
    path: '/webhooks',
    summary: 'Receive a notification from the payment provider',
    description:
      'Signed with [Standard Webhooks](https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp` (at most five minutes old) and `webhook-signature`, which is `v1,` followed by the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`. ' +
      'A notification only triggers a read of the payment at the provider; its content is not trusted. A repeated notification has no effect.',
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
    description: 'The reference of a payment is the id of its order.',
    access: { permission: 'payments:read' },
    params: paymentParams,
    replies: { 200: paymentView },
    errors: [paymentErrors.notFound],
    handle: controller.get,
  }),
];
