/** A payment to authorize. */
export interface PaymentRequest {
  /** The reference, assigned by this service. The provider has at most one payment for each reference. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** The status of a payment at the provider. */
export type ProviderStatus = 'authorized' | 'declined' | 'captured' | 'voided' | 'refunded';

/** The state of a payment at the provider, independent of the provider's API. */
export interface ProviderPayment {
  readonly status: ProviderStatus;
  readonly amountMinor: number;
  readonly currency: string;
  /** The reason for a decline. */
  readonly reason?: string;
}

/**
 * A payment provider. Every call is idempotent: a retry sends the same idempotency key.
 * A call that does not return a valid response throws a `PaymentProviderError`.
 */
export interface PaymentProvider {
  /** Authorizes the amount. The status is `authorized` or `declined`. */
  authorize(payment: PaymentRequest): Promise<ProviderPayment>;
  /** Captures the authorized amount. */
  capture(reference: string): Promise<ProviderPayment>;
  /** Releases the authorized amount. */
  void(reference: string): Promise<ProviderPayment>;
  /** Refunds the captured amount in full. */
  refund(reference: string): Promise<ProviderPayment>;
  /** Returns the payment, or null if the provider does not know it. */
  find(reference: string): Promise<ProviderPayment | null>;
  /**
   * Returns the payment reference in a webhook notification, or null. Reads no other field, because a notification is
   * not trusted.
   */
  referenceIn(notification: unknown): string | null;
}

/**
 * `refused`: the provider rejected the request and will reject a retry too. `unavailable`: the request had no effect.
 * `unknown`: the request may have had an effect. A retry with the same key shows which.
 */
export type ProviderFailure = 'refused' | 'unavailable' | 'unknown';

/** Thrown if a call to the provider does not return a valid response. */
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
