import { coreErrors, invalidInput, type ErrorFactory } from '../../core/errors.ts';
import type { Page } from '../../core/pagination.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Stock, StockLine, TakenStock } from '../products/index.ts';
import type { Users } from '../users/index.ts';
import { orderErrors } from './order.errors.ts';
import type { Order } from './order.model.ts';
import type { OrderRepository, OrderWithItems, Whose } from './order.repository.ts';
import type { ListOrdersQuery, OrderStatus, PlaceOrderBody } from './order.validation.ts';

export type { Whose };

interface OrderServiceDeps {
  readonly orders: OrderRepository;
  readonly users: Users;
  readonly stock: Stock;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

interface Transition {
  readonly from: readonly OrderStatus[];
  readonly to: OrderStatus;
  readonly otherwise: ErrorFactory;
}

const transitions = {
  cancel: { from: ['pending', 'paid'], to: 'cancelled', otherwise: orderErrors.notCancellable },
  ship: { from: ['paid'], to: 'shipped', otherwise: orderErrors.notShippable },
  deliver: { from: ['shipped'], to: 'delivered', otherwise: orderErrors.notDeliverable },
} as const satisfies Record<string, Transition>;

const asDetails = (productIds: readonly string[]) => productIds.map((productId) => ({ productId }));

/** Throws unless every product stands in one line; ids are the same in either case. */
function toLines(items: PlaceOrderBody['items']): StockLine[] {
  const lines = items.map(({ productId, quantity }) => ({ productId: productId.toLowerCase(), quantity }));
  const ids = lines.map(({ productId }) => productId);
  const repeated = ids.flatMap((id, index) => (ids.indexOf(id) < index ? [index] : []));
  if (repeated.length === 0) return lines;
  throw invalidInput(
    ...repeated.map((index) => ({
      in: 'body' as const,
      path: `items.${index}.productId`,
      rule: 'array.unique',
      message: {
        en: 'stands in another line already; add up the quantities',
        de: 'steht schon in einer anderen Zeile; bitte die Mengen zusammenzählen',
      },
    })),
  );
}

/** Orders: placed against stock at the catalogue's prices, and moved on by staff. */
export class OrderService {
  constructor(private readonly deps: OrderServiceDeps) {}

  /** Takes the stock and makes the order, or neither. */
  async place(customerId: string, { items, shippingAddress }: PlaceOrderBody): Promise<OrderWithItems> {
    const { orders, users, stock, transaction } = this.deps;
    const lines = toLines(items);
    return transaction(async () => {
      // Known a moment ago, and perhaps erased since: nothing personal may be written after that.
      if (!(await users.hold(customerId))) throw coreErrors.unauthenticated();
      const placed = this.#draw(customerId, lines, await stock.take(lines), shippingAddress ?? null);
      await orders.insert(placed);
      return placed;
    });
  }

  get(id: string, whose: Whose): Promise<OrderWithItems> {
    return this.deps.orders.getById(id, whose);
  }

  list(query: ListOrdersQuery, whose: Whose): Promise<Page<OrderWithItems>> {
    return this.deps.orders.list(query, whose);
  }

  /** Ends an order that has not left, and gives its stock back, once. */
  cancel(id: string, whose: Whose): Promise<OrderWithItems> {
    const { orders, stock, transaction } = this.deps;
    return transaction(async () => {
      const cancelled = await orders.withItems(await this.#move(id, whose, transitions.cancel));
      await stock.giveBack(cancelled.items);
      return cancelled;
    });
  }

  ship(id: string): Promise<OrderWithItems> {
    return this.#advance(id, transitions.ship);
  }

  deliver(id: string): Promise<OrderWithItems> {
    return this.#advance(id, transitions.deliver);
  }

  #advance(id: string, transition: Transition): Promise<OrderWithItems> {
    const { orders, transaction } = this.deps;
    return transaction(async () => orders.withItems(await this.#move(id, 'anyone', transition)));
  }

  async #move(id: string, whose: Whose, { from, to, otherwise }: Transition): Promise<Order> {
    const { orders, clock } = this.deps;
    const order = await orders.lockById(id, whose);
    if (!from.includes(order.status)) throw otherwise({ status: order.status });
    return orders.update(order, { status: to, updatedAt: clock.now() });
  }

  #draw(
    customerId: string,
    lines: readonly StockLine[],
    taken: TakenStock,
    shippingAddress: Order['shippingAddress'],
  ): OrderWithItems {
    if (!taken.isTaken) {
      if (taken.gone.length > 0) throw orderErrors.productGone(asDetails(taken.gone));
      throw orderErrors.outOfStock(asDetails(taken.short));
    }
    const { clock, ids } = this.deps;
    const orderId = ids.next();
    const now = clock.now();
    const items = lines.flatMap(({ productId, quantity }, position) => {
      const product = taken.products.get(productId);
      if (product === undefined) return [];
      const { sku, name, priceMinor, currency } = product;
      return [{ orderId, position, productId, sku, name, quantity, unitPriceMinor: priceMinor, currency }];
    });
    const [first, ...others] = new Set(items.map(({ currency }) => currency));
    if (first === undefined || others.length > 0) throw orderErrors.mixedCurrencies();
    const order: Order = {
      id: orderId,
      customerId,
      status: 'pending',
      currency: first,
      totalMinor: items.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0),
      shippingAddress,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return { order, items: items.map(({ currency: _currency, ...item }) => item) };
  }
}
