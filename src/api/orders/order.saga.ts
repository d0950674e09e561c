import type { Logger } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Payments } from '../payments/index.ts';
import type { MoveOrder } from './commands/move-order.ts';
import type { OrderSagaRepository } from './order-saga.repository.ts';
import type { Order } from './order.model.ts';
import type { OrderRepository } from './order.repository.ts';

interface OrderSagaDeps {
  readonly orders: OrderRepository;
  readonly sagas: OrderSagaRepository;
  readonly moveOrder: MoveOrder;
  readonly payments: Payments;
  readonly transaction: Transaction;
  readonly logger: Logger;
}

const batchSize = 100;

/**
 * Brings a placed order to being paid, or undoes what was done for it: stock is taken → authorize → capture → paid.
 * Each step is one transaction that reacts to an event, and asks for the next by a job: it can stop at any point and be
 * taken up again. Every step holds the order first, so that a cancellation comes wholly before or after it.
 */
export class OrderSaga {
  constructor(private readonly deps: OrderSagaDeps) {}

  placed = async ({ orderId }: { orderId: string }): Promise<void> => {
    const { sagas, moveOrder, payments } = this.deps;
    if (!payments.isEnabled) return;
    const order = await this.#lockOrder(orderId);
    if (order.status !== 'pending') return;
    const { totalMinor, currency } = order;
    if (totalMinor === 0) {
      await moveOrder.pay(order);
      await sagas.setStep(orderId, 'paid');
      return;
    }
    await sagas.setStep(orderId, 'authorizing');
    await payments.authorize({ reference: orderId, amountMinor: totalMinor, currency });
  };

  authorized = async ({ reference }: { reference: string }): Promise<void> => {
    const { sagas, payments } = this.deps;
    const order = await this.#lockOrder(reference);
    if (order.status !== 'pending') return payments.cancel(reference);
    await sagas.setStep(reference, 'capturing');
    return payments.capture(reference);
  };

  captured = async ({ reference }: { reference: string }): Promise<void> => {
    const { sagas, moveOrder, payments } = this.deps;
    const order = await this.#lockOrder(reference);
    // Cancelled, or given up, while the money was on its way.
    if (order.status !== 'pending') return payments.cancel(reference);
    await moveOrder.pay(order);
    return sagas.setStep(reference, 'paid');
  };

  declined = async ({ reference }: { reference: string }): Promise<void> => {
    const { sagas, moveOrder } = this.deps;
    const order = await this.#lockOrder(reference);
    if (order.status !== 'pending') return this.#close(reference);
    await moveOrder.end(order, 'declined');
    return sagas.setStep(reference, 'declined');
  };

  /** The order has ended: whatever was reserved or taken goes back. */
  cancelled = async ({ orderId, reason }: { orderId: string; reason: string }): Promise<void> => {
    const { sagas, payments } = this.deps;
    if (reason !== 'asked') return;
    const order = await this.#lockOrder(orderId);
    if ((await sagas.findByOrder(orderId)) === null) return;
    const payment = await payments.find(orderId);
    // Nothing was to be paid, or it went back before we heard of the end: then nobody will tell of it again.
    if (order.totalMinor === 0 || payment?.status === 'voided' || payment?.status === 'refunded')
      return this.#close(orderId);
    await sagas.setStep(orderId, 'cancelling');
    return payments.cancel(orderId);
  };

  /** The money is back, or was never taken. */
  reversed = async ({ reference }: { reference: string }): Promise<void> => {
    const { moveOrder, logger } = this.deps;
    const order = await this.#lockOrder(reference);
    // In these states nobody here has asked for it: the provider did it by itself.
    if (order.status === 'pending') await moveOrder.end(order, 'expired');
    else if (order.status === 'paid') await moveOrder.refund(order);
    else if (order.status === 'shipped' || order.status === 'delivered')
      logger.error('The payment of an order that has left went back: somebody has to look into it.', {
        event: 'orders.refunded_late',
        orderId: reference,
      });
    return this.#close(reference);
  };

  /** Ends orders whose payment did not come in time. One that cannot be ended does not keep the others from it. */
  async expire(): Promise<void> {
    const { sagas, logger } = this.deps;
    let last = '';
    for (;;) {
      const overdue = await sagas.listOverdue(last, batchSize);
      for (const orderId of overdue)
        await this.#expireOne(orderId).catch((error: unknown) => {
          logger.error('An order whose payment is overdue could not be ended.', { orderId, error });
        });
      if (overdue.length < batchSize) return;
      last = overdue.at(-1) ?? '';
    }
  }

  #expireOne(orderId: string): Promise<void> {
    const { sagas, moveOrder, payments, transaction } = this.deps;
    return transaction(async () => {
      const order = await this.#lockOrder(orderId);
      if (!(await sagas.isOverdue(orderId))) return;
      if (order.status === 'pending') await moveOrder.end(order, 'expired');
      await sagas.setStep(orderId, 'expired');
      await payments.cancel(orderId);
    });
  }

  /** Nothing of the payment is left, or is waited for. */
  async #close(orderId: string): Promise<void> {
    const { sagas } = this.deps;
    if ((await sagas.findByOrder(orderId))?.step !== 'expired') await sagas.setStep(orderId, 'cancelled');
  }

  #lockOrder(orderId: string): Promise<Order> {
    return this.deps.orders.lockById(orderId, 'anyone');
  }
}
