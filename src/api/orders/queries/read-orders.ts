import type { Page } from '../../../core/pagination.ts';
import type { OrderSagaRow } from '../order-saga.model.ts';
import type { OrderSagaRepository } from '../order-saga.repository.ts';
import type { OrderSummary } from '../order-summary.model.ts';
import type { OrderSummaryRepository } from '../order-summary.repository.ts';
import type { OrderRepository, OrderWithItems, OrderScope } from '../order.repository.ts';
import type { ListOrdersQuery, ListSummariesQuery } from '../order.validation.ts';

interface ReadOrdersDeps {
  readonly orders: OrderRepository;
  readonly sagas: OrderSagaRepository;
  readonly summaries: OrderSummaryRepository;
}

/** An order with its payment progress, or null before the payment has started. */
export interface OrderDetails extends OrderWithItems {
  readonly saga: OrderSagaRow | null;
}

/** Reads orders and their summaries. */
export class ReadOrders {
  constructor(private readonly deps: ReadOrdersDeps) {}

  async get(id: string, scope: OrderScope): Promise<OrderDetails> {
    const { orders, sagas } = this.deps;
    // Read the payment progress first, so that the order is never older than its progress.
    const saga = await sagas.findByOrder(id);
    return { ...(await orders.getById(id, scope)), saga };
  }

  list(query: ListOrdersQuery, scope: OrderScope): Promise<Page<OrderWithItems>> {
    return this.deps.orders.list(query, scope);
  }

  /** Lists summaries. They lag behind the orders until the worker has processed the events of the orders. */
  listSummaries(query: ListSummariesQuery, scope: OrderScope): Promise<Page<OrderSummary>> {
    return this.deps.summaries.list(query, scope);
  }
}
