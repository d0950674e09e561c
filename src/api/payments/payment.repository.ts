import type { Database } from '../../db/database.ts';
import { EventStore } from '../../events/event-store.ts';
import { Payment } from './payment.ts';
import { paymentErrors } from './payment.errors.ts';
import { PaymentRow } from './payment.model.ts';

/** Payments as their events make them, and the table that says how each stands. */
export class PaymentRepository {
  readonly #store: EventStore;

  constructor(private readonly db: Database) {
    this.#store = new EventStore(db);
  }

  /** The payment as it is now; one that nobody has asked for yet is new. */
  load(reference: string): Promise<Payment> {
    return this.#store.load(new Payment(reference));
  }

  /** Stores what the payment has raised and how it stands now; needs the transaction that both are for. */
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

  /** Up to `limit` payments after this one, by reference, that have been unfinished for longer than a minute. */
  async listOverdue(after: string, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ reference: string }>(
      `SELECT reference FROM payments
       WHERE is_open AND reference > $1 AND updated_at < now() - interval '1 minute' ORDER BY reference LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ reference }) => reference);
  }
}
