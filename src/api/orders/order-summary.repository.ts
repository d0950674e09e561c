import type { Page } from '../../core/pagination.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { OrderSummary } from './order-summary.model.ts';
import type { OrderScope } from './order.repository.ts';
import type { ListSummariesQuery } from './order.validation.ts';

const sortColumns: SortColumns = {
  placedAt: { property: 'placedAt', kind: 'moment' },
  totalMinor: { property: 'totalMinor', kind: 'number' },
};

const lockKey = `hashtextextended('projection:order_summaries', 0)`;
const live = `(SELECT live_generation FROM projections WHERE name = 'order_summaries')`;

// Returns SQL that writes the summaries of the orders that `condition` selects. `$1` holds the generations.
const projectOrders = (condition: string): string => `
  INSERT INTO order_summaries AS s (generation, id, customer_id, status, payment, currency, total_minor, lines, pieces,
    placed_at, updated_at, version)
  SELECT g.generation, o.id, o.customer_id, o.status, p.step, o.currency, o.total_minor, i.lines, i.pieces,
    o.created_at, greatest(o.updated_at, p.updated_at), o.version + coalesce(p.version, 0)
  FROM orders o
  CROSS JOIN unnest($1::int[]) AS g (generation)
  LEFT JOIN order_sagas p ON p.order_id = o.id
  CROSS JOIN LATERAL (SELECT count(*)::int AS lines, sum(quantity)::int AS pieces FROM order_items WHERE order_id = o.id) AS i
  WHERE ${condition}
  ON CONFLICT (generation, id) DO UPDATE SET status = excluded.status, payment = excluded.payment,
    updated_at = excluded.updated_at, version = excluded.version
  WHERE s.version < excluded.version`;

/** Queries on `order_summaries`, and the writes that keep it up to date. */
export class OrderSummaryRepository {
  constructor(private readonly db: Database) {}

  list(query: ListSummariesQuery, scope: OrderScope): Promise<Page<OrderSummary>> {
    const { status, payment, customerId } = query;
    const summaries = this.db.repository(OrderSummary).createQueryBuilder('summary');
    summaries.where(`summary.generation = ${live}`);
    if (scope !== 'anyone') summaries.andWhere('summary.customerId = :owner', { owner: scope.customerId });
    if (customerId !== undefined) summaries.andWhere('summary.customerId = :customerId', { customerId });
    if (status !== undefined) summaries.andWhere('summary.status = :status', { status });
    if (payment !== undefined) summaries.andWhere('summary.payment = :payment', { payment });
    return listPage(summaries, query, sortColumns);
  }

  /** Copies the current state of an order into the live generation and into a generation that is being built. */
  async project(orderId: string): Promise<void> {
    // Hold a shared lock until the transaction ends, so that the generations cannot change between the read and the
    // copy.
    await this.db.query(`SELECT pg_advisory_xact_lock_shared(${lockKey})`);
    const [row] = await this.db.query<{ generations: number[] }>(
      `SELECT array_remove(ARRAY[live_generation, next_generation], NULL) AS generations
       FROM projections WHERE name = 'order_summaries'`,
    );
    await this.db.query(projectOrders('o.id = $2'), [row?.generations ?? [], orderId]);
  }

  /** Starts a new generation and returns its number. Abandons a generation that another rebuild has started. */
  async begin(): Promise<number> {
    const [row] = await this.#exclusively<{ generation: number }>(
      `UPDATE projections SET next_generation = greatest(live_generation, coalesce(next_generation, 0)) + 1
       WHERE name = 'order_summaries' RETURNING next_generation AS generation`,
    );
    return row?.generation ?? 0;
  }

  /**
   * Copies up to `limit` orders after `afterId` into a generation. Returns the last id copied, or null if no order is
   * left.
   */
  async copyAfter(generation: number, afterId: string, limit: number): Promise<string | null> {
    const ids = await this.db.query<{ id: string }>(
      'SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT $2',
      [afterId, limit],
    );
    await this.db.query(projectOrders('o.id = ANY ($2)'), [[generation], ids.map(({ id }) => id)]);
    return ids.at(-1)?.id ?? null;
  }

  /** Makes a generation the live one. Returns false if another rebuild has started. */
  async publish(generation: number): Promise<boolean> {
    const rows = await this.#exclusively(
      `UPDATE projections SET live_generation = $1, next_generation = NULL
       WHERE name = 'order_summaries' AND next_generation = $1 RETURNING 1`,
      [generation],
    );
    return rows.length > 0;
  }

  /** Deletes up to `limit` rows of old generations and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('order_summaries', `generation < ${live}`, limit);
  }

  /** Runs a statement while no order is being copied. Copies that start meanwhile wait. */
  #exclusively<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.db.transaction(async () => {
      await this.db.query(`SELECT pg_advisory_xact_lock(${lockKey})`);
      return this.db.query<Row>(sql, parameters);
    });
  }
}
