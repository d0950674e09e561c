import type { Jobs } from '../../jobs/jobs.ts';
import type { PaymentFigures, Payments } from './payment.api.ts';
import type { PaymentRequest } from './payment-provider.ts';
import { authorizePayment, cancelPayment, capturePayment } from './payment.jobs.ts';
import type { PaymentRepository } from './payment.repository.ts';

interface PaymentQueueServiceDeps {
  readonly payments: PaymentRepository;
  readonly jobs: Jobs;
  readonly isEnabled: boolean;
}

/** Enqueues payment steps, once per payment, in the caller's transaction. */
export class PaymentQueueService implements Payments {
  constructor(private readonly deps: PaymentQueueServiceDeps) {}

  get isEnabled(): boolean {
    return this.deps.isEnabled;
  }

  async authorize(payment: PaymentRequest): Promise<void> {
    await this.deps.jobs.enqueue(authorizePayment, payment, { uniqueKey: payment.reference });
  }

  async capture(reference: string): Promise<void> {
    await this.deps.jobs.enqueue(capturePayment, { reference }, { uniqueKey: reference });
  }

  async cancel(reference: string): Promise<void> {
    await this.deps.jobs.enqueue(cancelPayment, { reference }, { uniqueKey: reference });
  }

  async find(reference: string): Promise<PaymentFigures | null> {
    const row = await this.deps.payments.find(reference);
    if (row === null) return null;
    const { status, amountMinor, refundedMinor, currency } = row;
    return { status, amountMinor, refundedMinor, currency };
  }
}
