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

// What is only noted before the provider is asked is nobody else's business.
const internalEvents: readonly EventDefinition[] = [paymentRequested, paymentCancelRequested];

const reconcileBatch = 500;

/**
 * Carries payments out. The intent is stored before the provider is asked, and what it answers after: whatever gets lost
 * between the two is found by asking again with the same key, or by reconciling.
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
      throw new NonRetryableError(`The provider does not capture ${reference}, though it is authorized.`);
  }

  /** Undoes a payment, from wherever it is by now to where nothing is reserved or taken. */
  async cancel(reference: string): Promise<void> {
    let payment = await this.#change(reference, (one) => {
      one.cancel();
    });
    // Three steps at the most: what was requested, authorized, and captured by somebody else meanwhile.
    for (let step = 0; step < 3 && payment.isOpen; step += 1) payment = await this.#undo(payment);
    if (payment.isOpen) throw new Error(`${reference} is not undone yet.`);
  }

  /** Reads the payment at the provider, and catches up with what was missed. */
  async reconcile(reference: string): Promise<void> {
    const found = await this.deps.provider.find(reference);
    await this.#applyProviderState(reference, found);
  }

  /** Has every payment reconciled that has been unfinished for longer than a minute. */
  async reconcileAll(): Promise<void> {
    const { payments, jobs } = this.deps;
    let batch = await payments.listOverdue('', reconcileBatch);
    while (batch.length > 0) {
      for (const reference of batch)
        await jobs.enqueue(reconcilePayment, { reference }, { uniqueKey: reference });
      batch = await payments.listOverdue(batch.at(-1) ?? '', reconcileBatch);
    }
  }

  #undo(payment: Payment): Promise<Payment> {
    const { provider } = this.deps;
    const { reference } = payment;
    const { status } = payment.state;
    // Whether it is reserved is not known, and only the same question again tells.
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
      // Refused, and perhaps reserved all the same, when the provider has forgotten our key.
      const found = await this.deps.provider.find(reference);
      return this.#applyProviderState(
        reference,
        found ?? { ...money, status: 'declined', reason: 'request_refused' },
      );
    }
  }

  /** Stores what the provider answers; where it refuses, because the payment is elsewhere by now, what it says of that. */
  async #callProvider(reference: string, call: () => Promise<ProviderPayment>): Promise<Payment> {
    const answer = await call().catch((error: unknown) => {
      if (isRefusal(error)) return this.deps.provider.find(reference);
      throw error;
    });
    return this.#applyProviderState(reference, answer);
  }

  #applyProviderState(reference: string, found: ProviderPayment | null): Promise<Payment> {
    return this.#change(reference, async (payment) => {
      if (found !== null) payment.applyProviderState(found);
      // Cancelled while it was asked for: whoever learns of it sees to the rest.
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
