import type { Clock } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Stock } from '../products/index.ts';
import type { PlaceOrder } from './commands/place-order.ts';
import type { OrderRepository } from './order.repository.ts';
import { orderStatuses } from './order.validation.ts';

interface OrderSeedDeps {
  readonly orders: OrderRepository;
  readonly placeOrder: PlaceOrder;
  readonly stock: Stock;
  readonly transaction: Transaction;
  readonly clock: Clock;
  /** Whoever the demo orders belong to. */
  readonly customerIds: readonly string[];
  /** What they are of; enough of each in stock. */
  readonly productIds: readonly string[];
}

const demoOrders = 50;
const hourMs = 3_600_000;

/** Places 50 orders in every state where there are none; gives a line that says what there is. */
export async function seedOrders(deps: OrderSeedDeps): Promise<string> {
  const { orders, placeOrder, stock, transaction, clock, customerIds, productIds } = deps;
  const existing = await orders.count();
  if (existing > 0) return `${existing} orders`;
  if (customerIds.length === 0 || productIds.length === 0)
    return 'no orders: there is nobody, or nothing, to order';
  for (let number = 0; number < demoOrders; number += 1) {
    const customerId = customerIds[number % customerIds.length] ?? '';
    const lines = Array.from({ length: 1 + (number % 3) }, (_line, line) => ({
      productId: productIds[(number * 7 + line) % productIds.length] ?? '',
      quantity: 1 + ((number + line) % 3),
    }));
    const status = orderStatuses[number % orderStatuses.length] ?? 'pending';
    await transaction(async () => {
      // Without a word to anybody: nobody is to pay for a demo.
      const { order } = await placeOrder.insert(customerId, lines, null);
      if (status === 'cancelled' || status === 'refunded') await stock.release(lines);
      const at = new Date(clock.now().getTime() - number * 7 * hourMs);
      await orders.update(order, { status, createdAt: at, updatedAt: at });
    });
  }
  return `${demoOrders} orders in every state`;
}
