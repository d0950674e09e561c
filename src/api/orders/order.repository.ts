import type { Page } from '../../core/pagination.ts';
import type { ColumnCipher } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
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

/** Whose orders are meant: those of one customer, or everyone's. */
export type Whose = { readonly customerId: string } | 'anyone';

const ownerOf = (whose: Whose) => (whose === 'anyone' ? {} : whose);

/** Questions to the tables of orders and their lines. Whose they must be is part of each question. */
export class OrderRepository {
  readonly #addresses: EncryptedJson<ShippingAddress>;

  constructor(
    private readonly db: Database,
    cipher: ColumnCipher,
  ) {
    this.#addresses = new EncryptedJson(cipher, shippingAddressColumn);
  }

  async getById(id: string, whose: Whose): Promise<OrderWithItems> {
    const row = await this.db.findOne(OrderRow, { id, ...ownerOf(whose) });
    if (row === null) throw orderErrors.notFound();
    return this.withItems(this.#open(row));
  }

  /** The order, held until the transaction ends. */
  async lockById(id: string, whose: Whose): Promise<Order> {
    const row = await this.db
      .repository(OrderRow)
      .findOne({ where: { id, ...ownerOf(whose) }, lock: { mode: 'pessimistic_write' } });
    if (row === null) throw orderErrors.notFound();
    return this.#open(row);
  }

  async list(query: ListOrdersQuery, whose: Whose): Promise<Page<OrderWithItems>> {
    const orders = this.db.repository(OrderRow).createQueryBuilder('order');
    if (whose !== 'anyone') orders.andWhere('order.customerId = :customerId', whose);
    if (query.status !== undefined) orders.andWhere('order.status = :status', { status: query.status });
    const { items, pagination } = await listPage(orders, query, sortColumns);
    return { items: await this.#allWithItems(items), pagination };
  }

  /** All orders of a customer with their lines, the newest first. */
  async listAllOf(customerId: string): Promise<OrderWithItems[]> {
    const rows = await this.db
      .repository(OrderRow)
      .find({ where: { customerId }, order: { createdAt: 'DESC', id: 'DESC' } });
    return this.#allWithItems(rows);
  }

  async withItems(order: Order): Promise<OrderWithItems> {
    return { order, items: await this.#itemsOf([order.id]) };
  }

  count(): Promise<number> {
    return this.db.repository(OrderRow).count();
  }

  async insert({ order, items }: OrderWithItems): Promise<void> {
    const shippingAddress = this.#addresses.seal(order.id, order.shippingAddress);
    await this.db.repository(OrderRow).insert({ ...order, shippingAddress });
    await this.db.repository(OrderItem).insert(items);
  }

  /** Stores changes to an order that this transaction holds; gives the order as it is then. */
  async update(order: Order, changes: Partial<Omit<Order, 'shippingAddress'>>): Promise<Order> {
    const next = { ...changes, version: order.version + 1 };
    await this.db.repository(OrderRow).update({ id: order.id }, next);
    return Object.assign(order, next);
  }

  async eraseAddressesOf(customerId: string): Promise<void> {
    await this.db.query(
      'UPDATE orders SET shipping_address = NULL, version = version + 1, updated_at = now() WHERE customer_id = $1 AND shipping_address IS NOT NULL',
      [customerId],
    );
  }

  #open({ shippingAddress, ...order }: OrderRow): Order {
    return { ...order, shippingAddress: this.#addresses.open(order.id, shippingAddress) };
  }

  async #allWithItems(rows: readonly OrderRow[]): Promise<OrderWithItems[]> {
    const lines = await this.#itemsOf(rows.map(({ id }) => id));
    return rows.map((row) => ({
      order: this.#open(row),
      items: lines.filter(({ orderId }) => orderId === row.id),
    }));
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
