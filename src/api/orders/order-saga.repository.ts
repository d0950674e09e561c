import type { Database } from '../../db/database.ts';
import { OrderSagaRow } from './order-saga.model.ts';
import type { PaymentStep } from './order.validation.ts';

// If the provider is unavailable for longer than this, the order expires and its stock is released.
const stepTimeout = "interval '15 minutes'";

const waitingSteps: readonly PaymentStep[] = ['authorizing', 'capturing'];

/** Queries on `order_sagas`. Lock the order before writing. Deadlines use the database's clock. */
export class OrderSagaRepository {
  constructor(private readonly db: Database) {}

  findByOrder(orderId: string): Promise<OrderSagaRow | null> {
    return this.db.findOne(OrderSagaRow, { orderId });
  }

  /** Stores the step. A step that waits for an event gets a deadline of 15 minutes. */
  async setStep(orderId: string, step: PaymentStep): Promise<void> {
    await this.db.query(
      `INSERT INTO order_sagas AS s (order_id, step, deadline_at)
       VALUES ($1, $2, CASE WHEN $3 THEN now() + ${stepTimeout} END)
       ON CONFLICT (order_id) DO UPDATE SET step = excluded.step, deadline_at = excluded.deadline_at,
         version = s.version + 1, updated_at = now()`,
      [orderId, step, waitingSteps.includes(step)],
    );
  }

  /** Returns the ids of up to `limit` overdue orders after `afterId`, sorted. */
  async listOverdue(afterId: string, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ orderId: string }>(
      `SELECT order_id AS "orderId" FROM order_sagas WHERE deadline_at < now() AND order_id::text > $1
       ORDER BY order_id::text LIMIT $2`,
      [afterId, limit],
    );
    return rows.map(({ orderId }) => orderId);
  }

  async isOverdue(orderId: string): Promise<boolean> {
    const rows = await this.db.query(
      'SELECT 1 FROM order_sagas WHERE order_id = $1 AND deadline_at < now()',
      [orderId],
    );
    return rows.length > 0;
  }
}
