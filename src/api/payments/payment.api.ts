import type { PaymentRequest } from './payment-provider.ts';
import type { PaymentStatus } from './payment.validation.ts';

/** The status and amounts of a payment. */
export interface PaymentFigures {
  readonly status: PaymentStatus;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
}

/** Requests payment steps for other modules. The outcome of each step is published as an event. */
export interface Payments {
  /** False if no payment provider is configured. In that case, do not request any step. */
  readonly isEnabled: boolean;
  /** Authorizes the amount after the open transaction commits. `paymentAuthorized` or `paymentDeclined` follows. */
  authorize(payment: PaymentRequest): Promise<void>;
  /** Captures the authorized amount. `paymentCaptured` follows. */
  capture(reference: string): Promise<void>;
  /** Voids or refunds the payment. `paymentCancelled` follows, unless the payment is never requested. */
  cancel(reference: string): Promise<void>;
  /** Returns the payment, or null if nothing has been requested from the provider yet. */
  find(reference: string): Promise<PaymentFigures | null>;
}
