import { createSandboxPayments } from './sandbox-provider.ts';
import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import type { PaymentRequest } from './payment-provider.ts';
import { InboxRepository } from '../../events/inbox.repository.ts';
import { CreatePayments1763742500000 } from './migrations/1763742500000-create-payments.ts';
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
import type { PaymentStatus } from './payment.validation.ts';
import { WebhookService } from './webhook.service.ts';

// Event-sourced payments, by a provider behind a port.
// Promises that the provider is asked once for each step, however often the step is repeated, and that what it did is
// found out where its answer was lost.

export { paymentAuthorized, paymentCancelled, paymentCaptured, paymentDeclined } from './payment.events.ts';

/** How the payment of an order stands. */
export interface PaymentFigures {
  readonly status: PaymentStatus;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
}

/** What other modules may ask of the payments. What becomes of it is told by events. */
export interface Payments {
  /** False when there is no provider: then nothing can be asked for. */
  readonly isEnabled: boolean;
  /** Has the amount reserved, once the open transaction is committed: `paymentAuthorized` or `paymentDeclined` follows. */
  authorize(payment: PaymentRequest): Promise<void>;
  /** Has the reserved amount taken: `paymentCaptured` follows. */
  capture(reference: string): Promise<void>;
  /** Has undone whatever was or will have been done: `paymentCancelled` follows, unless nobody ever asks for the payment. */
  cancel(reference: string): Promise<void>;
  /** Null while nothing has been asked of the provider. */
  find(reference: string): Promise<PaymentFigures | null>;
}

export const paymentsModule = defineModule({
  name: 'payments',
  path: '/payments',
  entities: [PaymentRow],
  migrations: [CreatePayments1763742500000],
  permissions: { 'payments:read': 'Read the payments of everyone' },
  grants: { manager: ['payments:read'], admin: ['payments:read'] },
  settings: paymentSettings,
  events: [paymentAuthorized, paymentDeclined, paymentCaptured, paymentCancelled],
  create: ({ db, clock, config, settings, events, jobs, logger }) => {
    const { transaction } = db;
    const reached = readPaymentSettings(config, settings);
    const provider = createSandboxPayments({ access: reached, logger });
    const payments = new PaymentRepository(db);
    const service = new PaymentService({ payments, provider, events, jobs, transaction });
    const inbox = new InboxRepository(db);
    const webhooks = new WebhookService({ provider, inbox, jobs, clock, secret: reached?.webhookSecret });
    const api: Payments = {
      isEnabled: reached !== null,
      authorize: async (payment) => {
        await jobs.enqueue(authorizePayment, payment, { uniqueKey: payment.reference });
      },
      capture: async (reference) => {
        await jobs.enqueue(capturePayment, { reference }, { uniqueKey: reference });
      },
      cancel: async (reference) => {
        await jobs.enqueue(cancelPayment, { reference }, { uniqueKey: reference });
      },
      find: async (reference) => {
        const row = await payments.find(reference);
        if (row === null) return null;
        const { status, amountMinor, refundedMinor, currency } = row;
        return { status, amountMinor, refundedMinor, currency };
      },
    };
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
