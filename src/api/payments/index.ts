import { InboxRepository } from '../../events/inbox.repository.ts';
import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { CreatePayments1763742500000 } from './migrations/1763742500000-create-payments.ts';
import { PaymentQueueService } from './payment-queue.service.ts';
import type { Payments } from './payment.api.ts';
import { PaymentController } from './payment.controller.ts';
import { paymentAuthorized, paymentCancelled, paymentCaptured, paymentDeclined } from './payment.events.ts';
import {
  authorizePayment,
  cancelPayment,
  capturePayment,
  reconcileAllPayments,
  reconcilePayment,
} from './payment.jobs.ts';
import { PaymentRow } from './payment.model.ts';
import { PaymentRepository } from './payment.repository.ts';
import { paymentRoutes } from './payment.routes.ts';
import { PaymentService } from './payment.service.ts';
import { paymentSettings, readPaymentSettings } from './payment.settings.ts';
import { createSandboxPayments } from './sandbox-provider.ts';
import { WebhookService } from './webhook.service.ts';

// Event-sourced payments, with the payment provider behind a port.
// The provider performs each step once, however often the step is retried. If a response is lost, reconciliation reads
// the state from the provider.

export type { PaymentFigures, Payments } from './payment.api.ts';
export { paymentAuthorized, paymentCancelled, paymentCaptured, paymentDeclined } from './payment.events.ts';

export const paymentsModule = defineModule({
  name: 'payments',
  path: '/payments',
  entities: [PaymentRow],
  migrations: [CreatePayments1763742500000],
  permissions: { 'payments:read': 'Read the payments of every customer' },
  grants: { manager: ['payments:read'], admin: ['payments:read'] },
  settings: paymentSettings,
  events: [paymentAuthorized, paymentDeclined, paymentCaptured, paymentCancelled],
  create: ({ db, clock, config, settings, events, jobs, logger }) => {
    const { transaction } = db;
    const access = readPaymentSettings(config, settings);
    const provider = createSandboxPayments({ access, logger });
    const payments = new PaymentRepository(db);
    const service = new PaymentService({ payments, provider, events, jobs, transaction });
    const inbox = new InboxRepository(db);
    const webhooks = new WebhookService({ provider, inbox, jobs, clock, secret: access?.webhookSecret });
    const api: Payments = new PaymentQueueService({ payments, jobs, isEnabled: access !== null });
    return {
      api,
      routes: paymentRoutes(new PaymentController(service, webhooks)),
      jobs: [
        handle(authorizePayment, ({ payload }) => service.authorize(payload)),
        handle(capturePayment, ({ payload }) => service.capture(payload.reference)),
        handle(cancelPayment, ({ payload }) => service.cancel(payload.reference)),
        handle(reconcilePayment, ({ payload }) => service.reconcile(payload.reference)),
        handle(reconcileAllPayments, () => service.reconcileAll()),
      ],
      stop: () => provider.close(),
    };
  },
});
