import { coreErrors, invalidInput } from '../../../core/errors.ts';
import type { Events } from '../../../events/events.ts';
import type { Clock, Ids } from '../../../core/ports.ts';
import type { Transaction } from '../../../db/database.ts';
import type { Availability, Stock, StockedProducts, StockLine } from '../../products/index.ts';
import type { Users } from '../../users/index.ts';
import { orderErrors } from '../order.errors.ts';
import { orderPlaced } from '../order.events.ts';
import { orderMessages } from '../order.messages.ts';
import type { Order } from '../order.model.ts';
import type { OrderRepository, OrderWithItems } from '../order.repository.ts';
import type { PlaceOrderBody } from '../order.validation.ts';

interface PlaceOrderDeps {
  readonly orders: OrderRepository;
  readonly users: Users;
  readonly stock: Stock;
  readonly events: Events;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

const toErrorDetails = (productIds: readonly string[]) => productIds.map((productId) => ({ productId }));

/** Returns a stock line for each item. Throws if two items name the same product. */
function toLines(items: PlaceOrderBody['items']): readonly StockLine[] {
  const ids = items.map(({ productId }) => productId);
  const repeated = ids.flatMap((id, index) => (ids.indexOf(id) < index ? [index] : []));
  if (repeated.length === 0) return items;
  throw invalidInput(
    ...repeated.map((index) => ({
      in: 'body' as const,
      path: `items.${index}.productId`,
      rule: 'array.unique',
      message: orderMessages.rules.productRepeated,
    })),
  );
}

/** Returns the products. Throws if a product no longer exists or its stock is too small. */
function productsOf(availability: Availability): StockedProducts {
  if (availability.isAvailable) return availability.products;
  const { gone, short } = availability;
  if (gone.length > 0) throw orderErrors.productGone(toErrorDetails(gone));
  throw orderErrors.outOfStock(toErrorDetails(short));
}

/** Places orders at the current catalogue prices. */
export class PlaceOrder {
  constructor(private readonly deps: PlaceOrderDeps) {}

  /** Stores the order, publishes `orders.placed` and reserves stock, atomically. */
  async execute(customerId: string, body: PlaceOrderBody): Promise<OrderWithItems> {
    const { users, events, transaction } = this.deps;
    const lines = toLines(body.items);
    return transaction(async () => {
      // Lock the account, because it may have been erased since authentication. An erased account must not get new
      // personal data.
      if (!(await users.lockActive(customerId))) throw coreErrors.unauthenticated();
      const publish = ({ id: orderId, totalMinor, currency }: Order): Promise<void> =>
        events.publish(orderPlaced, orderId, { orderId, customerId, totalMinor, currency });
      return this.insert(customerId, lines, body.shippingAddress ?? null, publish);
    });
  }

  /** Stores the order, calls `publish` with it and reserves stock, in the caller's transaction. */
  async insert(
    customerId: string,
    lines: readonly StockLine[],
    shippingAddress: Order['shippingAddress'],
    publish: (order: Order) => Promise<void>,
  ): Promise<OrderWithItems> {
    const { orders, stock } = this.deps;
    const products = productsOf(await stock.check(lines));
    const placed = this.#buildOrder(customerId, lines, products, shippingAddress);
    await orders.insert(placed);
    await publish(placed.order);
    // Reserve the stock last, because other buyers of these products wait from here to the end of the transaction.
    productsOf(await stock.reserve(lines, products));
    return placed;
  }

  #buildOrder(
    customerId: string,
    lines: readonly StockLine[],
    products: StockedProducts,
    shippingAddress: Order['shippingAddress'],
  ): OrderWithItems {
    const { clock, ids } = this.deps;
    const orderId = ids.next();
    const now = clock.now();
    const items = lines.flatMap(({ productId, quantity }, position) => {
      const product = products.get(productId);
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
