import type { EventDefinition, Events } from '../../events/events.ts';
import { NonRetryableError, type Jobs } from '../../jobs/jobs.ts';
import {
  PaymentProviderError,
  type PaymentProvider,
  type PaymentRequest,
  type ProviderPayment,
} from './payment-provider.ts';
import type { Transaction } from '../../db/database.ts';
import type { Payment } from './payment.ts';
import { paymentCancelRequested, paymentRequested } from './payment.events.ts';
import { cancelPayment, reconcilePayment } from './payment.jobs.ts';
import type { PaymentRow } from './payment.model.ts';
import type { PaymentRepository } from './payment.repository.ts';

interface PaymentServiceDeps {
  readonly payments: PaymentRepository;
  readonly provider: PaymentProvider;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly transaction: Transaction;
}

// Events that are stored for recovery, but not published.
const internalEvents: readonly EventDefinition[] = [paymentRequested, paymentCancelRequested];

const reconcileBatchSize = 500;

/**
 * Executes payment steps. Stores the intent before the call to the provider, and the result after the call. If a
 * response is lost in between, a retry with the same key or a reconciliation recovers the result.
 */
export class PaymentService {
  constructor(private readonly deps: PaymentServiceDeps) {}

  get(reference: string): Promise<PaymentRow> {
    return this.deps.payments.getByReference(reference);
  }

  async authorize(request: PaymentRequest): Promise<void> {
    const payment = await this.#change(request.reference, (one) => {
      one.request(request);
    });
    if (payment.state.status === 'requested') await this.#requestAuthorization(payment);
  }

  async capture(reference: string): Promise<void> {
    const { payments, provider } = this.deps;
    const { status, isCancelling } = (await payments.load(reference)).state;
    if (status !== 'authorized' || isCancelling) return;
    const payment = await this.#callProvider(reference, () => provider.capture(reference));
    if (payment.state.status === 'authorized')
      throw new NonRetryableError(`The provider refuses to capture ${reference}, although it is authorized.`);
  }

  /**
   * Voids or refunds a payment, whatever its status. Throws if the payment is still open, so that the job is retried.
   */
  async cancel(reference: string): Promise<void> {
    let payment = await this.#change(reference, (one) => {
      one.cancel();
    });
    // Undo at most three times: a requested authorization, the authorized amount, and an amount captured concurrently.
    for (let step = 0; step < 3 && payment.isOpen; step += 1) payment = await this.#undo(payment);
    if (payment.isOpen)
      throw new Error(`Payment ${reference} is not voided or refunded yet; the job retries.`);
  }

  /** Reads the payment at the provider and applies its state. */
  async reconcile(reference: string): Promise<void> {
    const found = await this.deps.provider.find(reference);
    await this.#applyProviderState(reference, found);
  }

  /** Enqueues the reconciliation of every payment that has been open for more than a minute. */
  async reconcileAll(): Promise<void> {
    const { payments, jobs } = this.deps;
    let batch = await payments.listOverdue('', reconcileBatchSize);
    while (batch.length > 0) {
      for (const reference of batch)
        await jobs.enqueue(reconcilePayment, { reference }, { uniqueKey: reference });
      batch = await payments.listOverdue(batch.at(-1) ?? '', reconcileBatchSize);
    }
  }

  #undo(payment: Payment): Promise<Payment> {
    const { provider } = this.deps;
    const { reference } = payment;
    const { status } = payment.state;
    // The authorization may have succeeded. Send the same request again, because nothing else returns its result.
    if (status === 'requested') return this.#requestAuthorization(payment);
    return this.#callProvider(reference, () =>
      status === 'captured' ? provider.refund(reference) : provider.void(reference),
    );
  }

  async #requestAuthorization({ reference, state: { amountMinor, currency } }: Payment): Promise<Payment> {
    const money = { amountMinor, currency };
    try {
      return await this.#applyProviderState(
        reference,
        await this.deps.provider.authorize({ reference, ...money }),
      );
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Read the payment. The payment may be authorized despite the refusal, if the provider no longer knows the
      // idempotency key.
      const found = await this.deps.provider.find(reference);
      return this.#applyProviderState(
        reference,
        found ?? { ...money, status: 'declined', reason: 'request_refused' },
      );
    }
  }

  /**
   * Calls the provider and applies the result. If the provider refuses the call, because the status has changed, reads
   * the payment and applies its state instead.
   */
  async #callProvider(reference: string, call: () => Promise<ProviderPayment>): Promise<Payment> {
    const found = await call().catch((error: unknown) => {
      if (isRefusal(error)) return this.deps.provider.find(reference);
      throw error;
    });
    return this.#applyProviderState(reference, found);
  }

  #applyProviderState(reference: string, found: ProviderPayment | null): Promise<Payment> {
    return this.#change(reference, async (payment) => {
      if (found !== null) payment.applyProviderState(found);
      // If the payment was cancelled during the call, enqueue the cancellation again.
      if (payment.isOpen && payment.state.isCancelling)
        await this.deps.jobs.enqueue(cancelPayment, { reference }, { uniqueKey: reference });
    });
  }

  #change(reference: string, change: (payment: Payment) => void | Promise<void>): Promise<Payment> {
    const { payments, events, transaction } = this.deps;
    return transaction(async () => {
      const payment = await payments.load(reference);
      await change(payment);
      const raised = payment.raised.filter(({ definition }) => !internalEvents.includes(definition));
      await payments.save(payment);
      for (const { definition, payload } of raised) await events.publish(definition, reference, payload);
      return payment;
    });
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof PaymentProviderError && error.failure === 'refused';
