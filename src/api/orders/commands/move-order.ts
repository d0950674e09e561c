import type { ErrorFactory } from '../../../core/errors.ts';
import type { EventDefinition, Events } from '../../../events/events.ts';
import type { Clock } from '../../../core/ports.ts';
import type { Transaction } from '../../../db/database.ts';
import type { Stock } from '../../products/index.ts';
import { orderErrors } from '../order.errors.ts';
import {
  orderCancelled,
  orderDelivered,
  orderPaid,
  orderRefunded,
  orderShipped,
  type CancelReason,
} from '../order.events.ts';
import type { Order } from '../order.model.ts';
import type { OrderRepository, OrderWithItems, OrderScope } from '../order.repository.ts';
import type { OrderStatus } from '../order.validation.ts';

interface MoveOrderDeps {
  readonly orders: OrderRepository;
  readonly stock: Stock;
  readonly events: Events;
  readonly transaction: Transaction;
  readonly clock: Clock;
}

interface Move {
  readonly from: readonly OrderStatus[];
  readonly to: OrderStatus;
}

type OrderEvent = EventDefinition<{ orderId: string; customerId: string }>;

const cancellable: readonly OrderStatus[] = ['pending', 'paid'];

/** Moves orders to another status, for staff, customers and the payment saga. */
export class MoveOrder {
  constructor(private readonly deps: MoveOrderDeps) {}

  ship(id: string): Promise<OrderWithItems> {
    return this.#advance(id, { from: ['paid'], to: 'shipped' }, orderShipped, orderErrors.notShippable);
  }

  deliver(id: string): Promise<OrderWithItems> {
    return this.#advance(
      id,
      { from: ['shipped'], to: 'delivered' },
      orderDelivered,
      orderErrors.notDeliverable,
    );
  }

  /** Cancels a pending or paid order and releases its stock. Throws `ORDERS_NOT_CANCELLABLE`. */
  cancel(id: string, scope: OrderScope): Promise<OrderWithItems> {
    const { orders, transaction } = this.deps;
    return transaction(async () => {
      const order = await orders.lockById(id, scope);
      if (!cancellable.includes(order.status)) throw orderErrors.notCancellable({ status: order.status });
      return this.end(order, 'asked');
    });
  }

  /** Cancels an order locked by this transaction and releases its stock. The caller must check the status. */
  async end(order: Order, reason: CancelReason): Promise<OrderWithItems> {
    const { orders, stock, events } = this.deps;
    const cancelled = await orders.withItems(await this.#move(order, 'cancelled'));
    await stock.release(cancelled.items);
    const { id: orderId, customerId } = order;
    await events.publish(orderCancelled, orderId, { orderId, customerId, reason });
    return cancelled;
  }

  /** Marks an order locked by this transaction as paid. */
  async pay(order: Order): Promise<void> {
    await this.#publish(orderPaid, await this.#move(order, 'paid'));
  }

  /** Marks an order locked by this transaction as refunded. Does not release its stock. */
  async refund(order: Order): Promise<void> {
    await this.#publish(orderRefunded, await this.#move(order, 'refunded'));
  }

  #advance(
    id: string,
    { from, to }: Move,
    event: OrderEvent,
    wrongStatus: ErrorFactory,
  ): Promise<OrderWithItems> {
    const { orders, transaction } = this.deps;
    return transaction(async () => {
      const order = await orders.lockById(id, 'anyone');
      if (!from.includes(order.status)) throw wrongStatus({ status: order.status });
      await this.#publish(event, await this.#move(order, to));
      return orders.withItems(order);
    });
  }

  #move(order: Order, to: OrderStatus): Promise<Order> {
    const { orders, clock } = this.deps;
    return orders.update(order, { status: to, updatedAt: clock.now() });
  }

  #publish(event: OrderEvent, { id: orderId, customerId }: Order): Promise<void> {
    return this.deps.events.publish(event, orderId, { orderId, customerId });
  }
}
