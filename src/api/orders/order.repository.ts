import type { Page } from '../../core/pagination.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { OrderItem } from './order-item.model.ts';
import { Order } from './order.model.ts';
import type { ListOrdersQuery } from './order.validation.ts';
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
  constructor(private readonly db: Database) {}

  async getById(id: string, whose: Whose): Promise<OrderWithItems> {
    const order = await this.db.repository(Order).findOneBy({ id, ...ownerOf(whose) });
    if (order === null) throw orderErrors.notFound();
    return this.withItems(order);
  }

  /** The order, held until the transaction ends. */
  async lockById(id: string, whose: Whose): Promise<Order> {
    const order = await this.db
      .repository(Order)
      .findOne({ where: { id, ...ownerOf(whose) }, lock: { mode: 'pessimistic_write' } });
    if (order === null) throw orderErrors.notFound();
    return order;
  }

  async list(query: ListOrdersQuery, whose: Whose): Promise<Page<OrderWithItems>> {
    const orders = this.db.repository(Order).createQueryBuilder('order');
    if (whose !== 'anyone') orders.andWhere('order.customerId = :customerId', whose);
    if (query.status !== undefined) orders.andWhere('order.status = :status', { status: query.status });
    const { items, pagination } = await listPage(orders, query, sortColumns);
    const lines = await this.#itemsOf(items.map(({ id }) => id));
    const withItems = items.map((order) => ({
      order,
      items: lines.filter(({ orderId }) => orderId === order.id),
    }));
    return { items: withItems, pagination };
  }

  /** All orders of a customer with their lines, the newest first. */
  async listAllOf(customerId: string): Promise<OrderWithItems[]> {
    const orders = await this.db
      .repository(Order)
      .find({ where: { customerId }, order: { createdAt: 'DESC', id: 'DESC' } });
    const lines = await this.#itemsOf(orders.map(({ id }) => id));
    return orders.map((order) => ({ order, items: lines.filter(({ orderId }) => orderId === order.id) }));
  }

  async withItems(order: Order): Promise<OrderWithItems> {
    return { order, items: await this.#itemsOf([order.id]) };
  }

  count(): Promise<number> {
    return this.db.repository(Order).count();
  }

  async insert({ order, items }: OrderWithItems): Promise<void> {
    await this.db.repository(Order).insert(order);
    await this.db.repository(OrderItem).insert(items);
  }

  /** Stores changes to an order that this transaction holds; gives the order as it is then. */
  async update(order: Order, changes: Partial<Order>): Promise<Order> {
    const next = { ...changes, version: order.version + 1 };
    await this.db.repository(Order).update({ id: order.id }, next);
    return Object.assign(order, next);
  }

  async eraseAddressesOf(customerId: string): Promise<void> {
    await this.db.query(
      'UPDATE orders SET shipping_address = NULL, version = version + 1, updated_at = now() WHERE customer_id = $1 AND shipping_address IS NOT NULL',
      [customerId],
    );
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
