import type { Page } from '../../core/pagination.ts';
import type { ColumnCipher } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
import { changeAllInBatches, firstUuid, readInBatches } from '../../db/batches.ts';
import { EncryptedJson } from '../../db/encryption.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { OrderItem } from './order-item.model.ts';
import { OrderRow, shippingAddressColumn, type Order } from './order.model.ts';
import type { ListOrdersQuery, ShippingAddress } from './order.validation.ts';
import { orderErrors } from './order.errors.ts';

const sortColumns: SortColumns = {
  createdAt: { property: 'createdAt', kind: 'moment' },
  totalMinor: { property: 'totalMinor', kind: 'number' },
};

export interface OrderWithItems {
  readonly order: Order;
  readonly items: OrderItem[];
}

/** The orders that a query may return or lock: one customer's, or everyone's. */
export type OrderScope = { readonly customerId: string } | 'anyone';

const eraseAddress = 'shipping_address = NULL, version = version + 1, updated_at = now()';

const scopeFilter = (scope: OrderScope) => (scope === 'anyone' ? {} : scope);

/** Queries on `orders` and `order_items`. Reads and locks take the scope of the caller. */
export class OrderRepository {
  readonly #addresses: EncryptedJson<ShippingAddress>;

  constructor(
    private readonly db: Database,
    cipher: ColumnCipher,
  ) {
    this.#addresses = new EncryptedJson(cipher, shippingAddressColumn);
  }

  async getById(id: string, scope: OrderScope): Promise<OrderWithItems> {
    const row = await this.db.findOne(OrderRow, { id, ...scopeFilter(scope) });
    if (row === null) throw orderErrors.notFound();
    return this.withItems(this.#decrypt(row));
  }

  /** Locks the order until the transaction ends. Throws `ORDERS_NOT_FOUND`. */
  async lockById(id: string, scope: OrderScope): Promise<Order> {
    const row = await this.db
      .repository(OrderRow)
      .findOne({ where: { id, ...scopeFilter(scope) }, lock: { mode: 'pessimistic_write' } });
    if (row === null) throw orderErrors.notFound();
    return this.#decrypt(row);
  }

  async list(query: ListOrdersQuery, scope: OrderScope): Promise<Page<OrderWithItems>> {
    const orders = this.db.repository(OrderRow).createQueryBuilder('order');
    if (scope !== 'anyone') orders.andWhere('order.customerId = :customerId', scope);
    if (query.status !== undefined) orders.andWhere('order.status = :status', { status: query.status });
    const { items, pagination } = await listPage(orders, query, sortColumns);
    return { items: await this.#allWithItems(items), pagination };
  }

  /** Reads all orders of a customer with their lines, newest first, in batches. */
  readAllOf(customerId: string): AsyncGenerator<OrderWithItems> {
    return readInBatches(async (last, limit) => {
      const orders = this.db
        .repository(OrderRow)
        .createQueryBuilder('order')
        .where({ customerId })
        .orderBy('order.createdAt', 'DESC')
        .addOrderBy('order.id', 'DESC')
        .limit(limit);
      if (last !== null) orders.andWhere('(order.createdAt, order.id) < (:createdAt, :id)', last.order);
      return this.#allWithItems(await orders.getMany());
    });
  }

  async withItems(order: Order): Promise<OrderWithItems> {
    return { order, items: await this.#itemsOf([order.id]) };
  }

  count(): Promise<number> {
    return this.db.repository(OrderRow).count();
  }

  /** Inserts the order and its lines in one statement, because each round trip holds the stock locks longer. */
  async insert({ order, items }: OrderWithItems): Promise<void> {
    await this.db.prepared(
      `WITH placed AS (
         INSERT INTO orders (id, customer_id, status, currency, total_minor, shipping_address, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)
       INSERT INTO order_items (order_id, position, product_id, sku, name, quantity, unit_price_minor)
       SELECT placed.id, line.* FROM placed,
         unnest($10::int[], $11::uuid[], $12::text[], $13::text[], $14::int[], $15::bigint[]) AS line`,
      [
        order.id,
        order.customerId,
        order.status,
        order.currency,
        order.totalMinor,
        this.#addresses.encrypt(order.id, order.shippingAddress),
        order.version,
        order.createdAt,
        order.updatedAt,
        items.map(({ position }) => position),
        items.map(({ productId }) => productId),
        items.map(({ sku }) => sku),
        items.map(({ name }) => name),
        items.map(({ quantity }) => quantity),
        items.map(({ unitPriceMinor }) => unitPriceMinor),
      ],
    );
  }

  /** Updates an order locked by this transaction. Returns the updated order. */
  async update(order: Order, changes: Partial<Omit<Order, 'shippingAddress'>>): Promise<Order> {
    const next = { ...changes, version: order.version + 1 };
    await this.db.repository(OrderRow).update({ id: order.id }, next);
    return Object.assign(order, next);
  }

  async eraseAddressesOf(customerId: string): Promise<void> {
    await this.db.query(
      `UPDATE orders SET ${eraseAddress} WHERE customer_id = $1 AND shipping_address IS NOT NULL`,
      [customerId],
    );
  }

  /** Does the same as `eraseAddressesOf`, in batches. Each batch commits. */
  async eraseAddressesInBatches(customerId: string): Promise<void> {
    await changeAllInBatches<{ createdAt: Date; id: string }>((last, limit) =>
      this.db.transaction(() =>
        this.db.query(
          `WITH batch AS (
             SELECT id, created_at FROM orders WHERE customer_id = $1 AND (created_at, id) > ($2, $3)
             ORDER BY created_at, id LIMIT $4),
           erased AS (
             UPDATE orders SET ${eraseAddress}
             WHERE id = ANY (ARRAY(SELECT id FROM batch)) AND shipping_address IS NOT NULL)
           SELECT created_at AS "createdAt", id FROM batch ORDER BY created_at, id`,
          [customerId, last?.createdAt ?? '-infinity', last?.id ?? firstUuid, limit],
        ),
      ),
    );
  }

  #decrypt({ shippingAddress, ...order }: OrderRow): Order {
    return { ...order, shippingAddress: this.#addresses.decrypt(order.id, shippingAddress) };
  }

  async #allWithItems(rows: readonly OrderRow[]): Promise<OrderWithItems[]> {
    const items = new Map(rows.map(({ id }): [string, OrderItem[]] => [id, []]));
    for (const item of await this.#itemsOf([...items.keys()])) items.get(item.orderId)?.push(item);
    return rows.map((row) => ({ order: this.#decrypt(row), items: items.get(row.id) ?? [] }));
  }

  #itemsOf(orderIds: readonly string[]): Promise<OrderItem[]> {
    return this.db
      .repository(OrderItem)
      .createQueryBuilder('item')
      .where('item.orderId = ANY (:orderIds)', { orderIds })
      .orderBy('item.orderId')
      .addOrderBy('item.position')
      .getMany();
  }
}
