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
 * Drives the payment of a placed order (authorize → capture → paid), or cancels the order and releases its stock.
 * Each step is one transaction, which handles an event and enqueues the next step as a job. The saga therefore resumes
 * after a crash.
 * Every step locks the order first, so that a cancellation runs entirely before or entirely after the step.
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
    // Undo the payment if the order was cancelled or expired during the capture.
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

  /** Voids or refunds the payment of an order that was cancelled on request. */
  cancelled = async ({ orderId, reason }: { orderId: string; reason: string }): Promise<void> => {
    const { sagas, payments } = this.deps;
    if (reason !== 'asked') return;
    const order = await this.#lockOrder(orderId);
    if ((await sagas.findByOrder(orderId)) === null) return;
    const payment = await payments.find(orderId);
    // Close the saga now if no further payment event will arrive: the total is zero, or the payment is already voided
    // or refunded.
    if (order.totalMinor === 0 || payment?.status === 'voided' || payment?.status === 'refunded')
      return this.#close(orderId);
    await sagas.setStep(orderId, 'cancelling');
    return payments.cancel(orderId);
  };

  /** Handles a payment that was voided or refunded. */
  reversed = async ({ reference }: { reference: string }): Promise<void> => {
    const { moveOrder, logger } = this.deps;
    const order = await this.#lockOrder(reference);
    // In these states this service has not requested a cancellation, so the provider has acted by itself.
    if (order.status === 'pending') await moveOrder.end(order, 'expired');
    else if (order.status === 'paid') await moveOrder.refund(order);
    else if (order.status === 'shipped' || order.status === 'delivered')
      logger.error(
        'The payment of a shipped order was refunded: contact the customer and the payment provider.',
        {
          event: 'orders.refunded_late',
          orderId: reference,
        },
      );
    return this.#close(reference);
  };

  /** Expires orders whose payment is overdue. Logs a failure and continues with the next order. */
  async expire(): Promise<void> {
    const { sagas, logger } = this.deps;
    let last = '';
    for (;;) {
      const overdue = await sagas.listOverdue(last, batchSize);
      for (const orderId of overdue)
        await this.#expireOne(orderId).catch((error: unknown) => {
          logger.error('An order whose payment is overdue could not be expired.', { orderId, error });
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

  /** Sets the step of the saga to `cancelled`, unless it is `expired`. */
  async #close(orderId: string): Promise<void> {
    const { sagas } = this.deps;
    if ((await sagas.findByOrder(orderId))?.step !== 'expired') await sagas.setStep(orderId, 'cancelled');
  }

  #lockOrder(orderId: string): Promise<Order> {
    return this.deps.orders.lockById(orderId, 'anyone');
  }
}
