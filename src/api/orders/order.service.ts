import type { Page } from '../../core/pagination.ts';
import type { Caller } from '../../http/route.ts';
import type { MoveOrder } from './commands/move-order.ts';
import type { PlaceOrder } from './commands/place-order.ts';
import type { OrderSummary } from './order-summary.model.ts';
import type { OrderScope, OrderWithItems } from './order.repository.ts';
import type { ListOrdersQuery, ListSummariesQuery, PlaceOrderBody } from './order.validation.ts';
import type { OrderDetails, ReadOrders } from './queries/read-orders.ts';

interface OrderServiceDeps {
  readonly placeOrder: PlaceOrder;
  readonly moveOrder: MoveOrder;
  readonly queries: ReadOrders;
}

/**
 * Returns the scope of a query: all orders if the caller has the permission, otherwise only the caller's own orders.
 */
const scopeFor = ({ userId, permissions }: Caller, permission: string): OrderScope =>
  permissions.has(permission) ? 'anyone' : { customerId: userId };

/** Decides which orders a caller may see or change, and runs the command or query. */
export class OrderService {
  constructor(private readonly deps: OrderServiceDeps) {}

  place({ userId }: Caller, body: PlaceOrderBody): Promise<OrderWithItems> {
    return this.deps.placeOrder.execute(userId, body);
  }

  list(caller: Caller, query: ListOrdersQuery): Promise<Page<OrderWithItems>> {
    return this.deps.queries.list(query, scopeFor(caller, 'orders:read-any'));
  }

  listSummaries(caller: Caller, query: ListSummariesQuery): Promise<Page<OrderSummary>> {
    return this.deps.queries.listSummaries(query, scopeFor(caller, 'orders:read-any'));
  }

  get(caller: Caller, id: string): Promise<OrderDetails> {
    return this.deps.queries.get(id, scopeFor(caller, 'orders:read-any'));
  }

  cancel(caller: Caller, id: string): Promise<OrderWithItems> {
    return this.deps.moveOrder.cancel(id, scopeFor(caller, 'orders:manage'));
  }

  ship(id: string): Promise<OrderWithItems> {
    return this.deps.moveOrder.ship(id);
  }

  deliver(id: string): Promise<OrderWithItems> {
    return this.deps.moveOrder.deliver(id);
  }
}
