import { Aggregate, defineAggregate, when } from '../../events/aggregate.ts';
import type { PaymentRequest, ProviderPayment } from './payment-provider.ts';
import {
  paymentAuthorized,
  paymentCancelled,
  paymentCancelRequested,
  paymentCaptured,
  paymentDeclined,
  paymentRequested,
} from './payment.events.ts';
import type { PaymentStatus } from './payment.validation.ts';

interface PaymentState {
  /** The status. It is `none` until the payment is requested. */
  readonly status: PaymentStatus | 'none';
  readonly isCancelling: boolean;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
}

const initial: PaymentState = {
  status: 'none',
  isCancelling: false,
  amountMinor: 0,
  refundedMinor: 0,
  currency: '',
};

const finalStatusOf = ({ status }: PaymentState): PaymentState['status'] => {
  if (status === 'declined') return 'declined';
  return status === 'captured' ? 'refunded' : 'voided';
};

const paymentAggregate = defineAggregate<PaymentState>({
  type: 'payment',
  initial,
  folds: [
    when(paymentRequested, (state, { amountMinor, currency }) => ({
      ...state,
      status: 'requested',
      amountMinor,
      currency,
    })),
    when(paymentAuthorized, (state) => ({ ...state, status: 'authorized' })),
    when(paymentDeclined, (state) => ({ ...state, status: 'declined' })),
    when(paymentCaptured, (state) => ({ ...state, status: 'captured' })),
    when(paymentCancelRequested, (state) => ({ ...state, isCancelling: true })),
    when(paymentCancelled, (state, { refundedMinor }) => ({
      ...state,
      status: finalStatusOf(state),
      refundedMinor,
    })),
  ],
});

/** The payment of one order. Its status only moves forward: a late report of an earlier step has no effect. */
export class Payment extends Aggregate<PaymentState> {
  constructor(readonly reference: string) {
    super(paymentAggregate, reference);
  }

  /** True while the outcome is unknown, or a cancellation is pending. */
  get isOpen(): boolean {
    const { status, isCancelling } = this.state;
    return status === 'requested' || status === 'authorized' || (status === 'captured' && isCancelling);
  }

  /** Requests the payment. If the payment is cancelled already, it ends here and the provider is never called. */
  request({ amountMinor, currency }: Omit<PaymentRequest, 'reference'>): void {
    if (this.state.status !== 'none') return;
    this.raise(paymentRequested, { reference: this.reference, amountMinor, currency });
    if (this.state.isCancelling) this.#end();
  }

  /** Requests that the payment is voided or refunded. */
  cancel(): void {
    const { status, isCancelling } = this.state;
    if (isCancelling || status === 'voided' || status === 'refunded') return;
    this.raise(paymentCancelRequested, { reference: this.reference });
    if (status === 'declined') this.#end();
  }

  /** Raises the events that lead to the provider's state. Throws if the amount or currency differs. */
  applyProviderState({ status, amountMinor, currency, reason = 'unknown' }: ProviderPayment): void {
    if (this.state.status === 'none') return;
    if (amountMinor !== this.state.amountMinor || currency !== this.state.currency)
      throw new Error(
        `The provider has payment ${this.reference} with another amount or currency: check it at the provider.`,
      );
    if (status === 'declined') this.#decline(reason);
    else this.#authorize();
    if (status === 'captured' || status === 'refunded') this.#capture();
    if (status === 'voided' || status === 'refunded') this.#refund();
  }

  get #money(): PaymentRequest {
    const { amountMinor, currency } = this.state;
    return { reference: this.reference, amountMinor, currency };
  }

  #authorize(): void {
    if (this.state.status === 'requested') this.raise(paymentAuthorized, this.#money);
  }

  #decline(reason: string): void {
    if (this.state.status !== 'requested') return;
    this.raise(paymentDeclined, { ...this.#money, reason });
    if (this.state.isCancelling) this.#end();
  }

  #capture(): void {
    if (this.state.status === 'authorized') this.raise(paymentCaptured, this.#money);
  }

  #refund(): void {
    if (this.state.status === 'authorized' || this.state.status === 'captured') this.#end();
  }

  #end(): void {
    const refundedMinor = this.state.status === 'captured' ? this.state.amountMinor : 0;
    this.raise(paymentCancelled, { ...this.#money, refundedMinor });
  }
}
