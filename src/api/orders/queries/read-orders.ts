import type { Page } from '../../../core/pagination.ts';
import type { OrderSagaRow } from '../order-saga.model.ts';
import type { OrderSagaRepository } from '../order-saga.repository.ts';
import type { OrderSummary } from '../order-summary.model.ts';
import type { OrderSummaryRepository } from '../order-summary.repository.ts';
import type { OrderRepository, OrderWithItems, Whose } from '../order.repository.ts';
import type { ListOrdersQuery, ListSummariesQuery } from '../order.validation.ts';

export type { Whose };

interface ReadOrdersDeps {
  readonly orders: OrderRepository;
  readonly sagas: OrderSagaRepository;
  readonly summaries: OrderSummaryRepository;
}

/** An order, and how far its payment is; null before that has begun. */
export interface OrderInFull extends OrderWithItems {
  readonly saga: OrderSagaRow | null;
}

/** What can be asked about orders; changes nothing. */
export class ReadOrders {
  constructor(private readonly deps: ReadOrdersDeps) {}

  async get(id: string, whose: Whose): Promise<OrderInFull> {
    const { orders, sagas } = this.deps;
    // The payment first: an order must never be shown behind what is said of its payment.
    const saga = await sagas.find(id);
    return { ...(await orders.getById(id, whose)), saga };
  }

  list(query: ListOrdersQuery, whose: Whose): Promise<Page<OrderWithItems>> {
    return this.deps.orders.list(query, whose);
  }

  /** Summaries may be behind the orders by as long as events are on their way. */
  summaries(query: ListSummariesQuery, whose: Whose): Promise<Page<OrderSummary>> {
    return this.deps.summaries.list(query, whose);
  }
}
