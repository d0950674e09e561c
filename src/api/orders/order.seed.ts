import type { Clock } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Stock } from '../products/index.ts';
import { demoUsers, type Users } from '../users/index.ts';
import type { PlaceOrder } from './commands/place-order.ts';
import { rebuildSummaries } from './order-summary.rebuild.ts';
import type { OrderSummaryRepository } from './order-summary.repository.ts';
import type { OrderRepository } from './order.repository.ts';
import { orderStatuses } from './order.validation.ts';

interface OrderSeedDeps {
  readonly orders: OrderRepository;
  readonly summaries: OrderSummaryRepository;
  readonly placeOrder: PlaceOrder;
  readonly stock: Stock;
  readonly users: Users;
  readonly transaction: Transaction;
  readonly clock: Clock;
}

const demoOrders = 50;
const demoProducts = 20;
const hourMs = 3_600_000;
// Replaces the publishing of `orders.placed`, so that no payment begins.
const publishNothing = async (): Promise<void> => undefined;

/** Stores 50 orders of the demo users, in every status, if there are none. Returns a line that describes the orders. */
export async function seedOrders(deps: OrderSeedDeps): Promise<string> {
  const line = await insertOrders(deps);
  await rebuildSummaries(deps.summaries);
  return line;
}

async function insertOrders(deps: OrderSeedDeps): Promise<string> {
  const { orders, placeOrder, stock, users, transaction, clock } = deps;
  const existing = await orders.count();
  if (existing > 0) return `${existing} orders`;
  const customers = await Promise.all(demoUsers.map(({ email }) => users.findByEmail(email)));
  const customerIds = customers.flatMap((user) => (user === null ? [] : [user.id]));
  const productIds = await stock.findInStock(demoProducts);
  if (customerIds.length === 0 || productIds.length === 0)
    return 'no orders: there are no demo users or no products in stock';
  for (let number = 0; number < demoOrders; number += 1) {
    const customerId = customerIds[number % customerIds.length] ?? '';
    const lines = Array.from({ length: 1 + (number % 3) }, (_line, line) => ({
      productId: productIds[(number * 7 + line) % productIds.length] ?? '',
      quantity: 1 + ((number + line) % 3),
    }));
    const status = orderStatuses[number % orderStatuses.length] ?? 'pending';
    await transaction(async () => {
      const { order } = await placeOrder.insert(customerId, lines, null, publishNothing);
      if (status === 'cancelled' || status === 'refunded') await stock.release(lines);
      const at = new Date(clock.now().getTime() - number * 7 * hourMs);
      await orders.update(order, { status, createdAt: at, updatedAt: at });
    });
  }
  return `${demoOrders} orders in every status`;
}
