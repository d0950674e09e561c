/** What a provider is asked to reserve. */
export interface PaymentRequest {
  /** Ours; a provider knows at most one payment by it. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** How a payment stands at the provider: reserved, refused, taken, let go again, given back. */
export type ProviderStatus = 'authorized' | 'declined' | 'captured' | 'voided' | 'refunded';

/** A payment as the provider has it, in our words. */
export interface ProviderPayment {
  readonly status: ProviderStatus;
  readonly amountMinor: number;
  readonly currency: string;
  /** Why it was declined. */
  readonly reason?: string;
}

/**
 * Whoever moves the money. Each call carries a key of ours, the same whenever it is repeated, so that it has its effect
 * once; and throws a PaymentProviderError for whatever is not a plain answer.
 */
export interface PaymentProvider {
  /** Reserves the amount, or is declined. */
  authorize(payment: PaymentRequest): Promise<ProviderPayment>;
  /** Takes what was reserved. */
  capture(reference: string): Promise<ProviderPayment>;
  /** Lets go of what was reserved. */
  void(reference: string): Promise<ProviderPayment>;
  /** Gives back what was taken, all of it. */
  refund(reference: string): Promise<ProviderPayment>;
  /** Null when the provider has never heard of it. */
  find(reference: string): Promise<ProviderPayment | null>;
  /** Which payment a notice of the provider is about; null when it is about none. Nothing else in it is to be believed. */
  referenceIn(notice: unknown): string | null;
}

/**
 * `refused`: it said no, and will say so again. `unavailable`: it did nothing. `unknown`: nobody here can tell what it did;
 * asking again with the same key can.
 */
export type ProviderFailure = 'refused' | 'unavailable' | 'unknown';

/** A call that did not end in a plain answer. */
export class PaymentProviderError extends Error {
  override readonly name = 'PaymentProviderError';

  constructor(
    readonly failure: ProviderFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
