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
  /** Undefined where payments are off. */
  readonly secret: string | undefined;
}

// Turns the provider's ids, whatever they look like, into those that the inbox takes.
const idSpace = '0d6f3a52-6f0e-4c5f-9d1a-6f2f0f1c7b11';

/** Takes the provider's word that something has happened to a payment, and for nothing else. */
export class WebhookService {
  constructor(private readonly deps: WebhookServiceDeps) {}

  /**
   * Has the payment that a notice is about read anew at the provider, once however often the notice comes. Throws
   * `PAYMENTS_SIGNATURE_REFUSED`, or `PAYMENTS_OFF`.
   */
  async receive(notice: SignedMessage, content: unknown): Promise<void> {
    const { provider, inbox, jobs, clock, secret } = this.deps;
    if (secret === undefined) throw paymentErrors.off();
    if (!hasValidSignature(notice, secret, clock.now())) throw paymentErrors.signatureRefused();
    const reference = provider.referenceIn(content);
    if (reference === null) return;
    await inbox.once('payments.webhook', v5(notice.id, idSpace), async () => {
      // Without a unique key: a job that runs already may have read what was there before.
      await jobs.enqueue(reconcilePayment, { reference });
    });
  }
}
