import type { Database } from '../../db/database.ts';
import { EventStore } from '../../events/event-store.ts';
import { Payment } from './payment.ts';
import { paymentErrors } from './payment.errors.ts';
import { PaymentRow } from './payment.model.ts';

/** Loads and stores event-sourced payments, and queries their current state in `payments`. */
export class PaymentRepository {
  readonly #store: EventStore;

  constructor(private readonly db: Database) {
    this.#store = new EventStore(db);
  }

  /** Returns the payment, or a new one if it has no events yet. */
  load(reference: string): Promise<Payment> {
    return this.#store.load(new Payment(reference));
  }

  /** Stores the raised events and the current state. Needs an open transaction. */
  async save(payment: Payment): Promise<void> {
    if (payment.raised.length === 0) return;
    await this.#store.save(payment);
    const { status, amountMinor, refundedMinor, currency } = payment.state;
    if (status === 'none') return;
    await this.db.query(
      `INSERT INTO payments (reference, status, amount_minor, refunded_minor, currency, is_open) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (reference) DO UPDATE SET status = excluded.status, refunded_minor = excluded.refunded_minor,
         is_open = excluded.is_open, updated_at = now()`,
      [payment.reference, status, amountMinor, refundedMinor, currency, payment.isOpen],
    );
  }

  find(reference: string): Promise<PaymentRow | null> {
    return this.db.findOne(PaymentRow, { reference });
  }

  async getByReference(reference: string): Promise<PaymentRow> {
    const row = await this.find(reference);
    if (row === null) throw paymentErrors.notFound();
    return row;
  }

  /** Returns up to `limit` references after `after`, sorted, of payments that have been open for more than a minute. */
  async listOverdue(after: string, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ reference: string }>(
      `SELECT reference FROM payments
       WHERE is_open AND reference > $1 AND updated_at < now() - interval '1 minute' ORDER BY reference LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ reference }) => reference);
  }
}
