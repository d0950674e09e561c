import { v5 } from 'uuid';
import type { Jobs } from '../../jobs/jobs.ts';
import type { PaymentProvider } from './payment-provider.ts';
import type { Clock } from '../../core/ports.ts';
import type { InboxRepository } from '../../events/inbox.repository.ts';
import { paymentErrors } from './payment.errors.ts';
import { reconcilePayment } from './payment.jobs.ts';
import { hasValidSignature, type SignedMessage } from './webhook.signature.ts';

interface WebhookServiceDeps {
  readonly provider: PaymentProvider;
  readonly inbox: InboxRepository;
  readonly jobs: Jobs;
  readonly clock: Clock;
  /** The secret of the signatures. Undefined if payments are disabled. */
  readonly secret: string | undefined;
}

// The namespace in which the provider's ids, of any format, are mapped to the UUIDs of the inbox.
const idNamespace = '0d6f3a52-6f0e-4c5f-9d1a-6f2f0f1c7b11';

/** Receives webhook notifications of the payment provider. */
export class WebhookService {
  constructor(private readonly deps: WebhookServiceDeps) {}

  /**
   * Enqueues the reconciliation of the payment in the notification, once per notification id. Throws
   * `PAYMENTS_SIGNATURE_REFUSED` or `PAYMENTS_OFF`.
   */
  async receive(notification: SignedMessage, content: unknown): Promise<void> {
    const { provider, inbox, jobs, clock, secret } = this.deps;
    if (secret === undefined) throw paymentErrors.off();
    if (!hasValidSignature(notification, secret, clock.now())) throw paymentErrors.signatureRefused();
    const reference = provider.referenceIn(content);
    if (reference === null) return;
    await inbox.once('payments.webhook', v5(notification.id, idNamespace), async () => {
      // Enqueue without a unique key, because a job that is running may have read the state before this change.
      await jobs.enqueue(reconcilePayment, { reference });
    });
  }
}
