import { created, ok, paged } from '../../http/reply.ts';
import type { Caller, Input } from '../../http/route.ts';
import type { MoveOrder } from './commands/move-order.ts';
import type { PlaceOrder } from './commands/place-order.ts';
import type { ListOrdersQuery, ListSummariesQuery, PlaceOrderBody } from './order.validation.ts';
import { toOrderDetailsView, toOrderSummaryView, toOrderView } from './order.view.ts';
import type { ReadOrders, OrderScope } from './queries/read-orders.ts';

interface ById {
  readonly id: string;
}

/** Everyone's orders for whoever has the permission, and a caller's own for anyone else. */
const scopeFor = ({ userId, permissions }: Caller, permission: string): OrderScope =>
  permissions.has(permission) ? 'anyone' : { customerId: userId };

/** Requests about orders: those that change something are commands, those that ask are queries. */
export class OrderController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly moveOrder: MoveOrder,
    private readonly queries: ReadOrders,
  ) {}

  place = async ({ caller, body }: Input<{ body: PlaceOrderBody }>) => {
    const placed = await this.placeOrder.execute(caller.userId, body);
    return created(toOrderView(placed), { location: `/api/v1/orders/${placed.order.id}` });
  };

  list = async ({ caller, query }: Input<{ query: ListOrdersQuery }>) =>
    paged(await this.queries.list(query, scopeFor(caller, 'orders:read-any')), toOrderView);

  summaries = async ({ caller, query }: Input<{ query: ListSummariesQuery }>) =>
    paged(await this.queries.summaries(query, scopeFor(caller, 'orders:read-any')), toOrderSummaryView);

  get = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toOrderDetailsView(await this.queries.get(params.id, scopeFor(caller, 'orders:read-any'))));

  cancel = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.moveOrder.cancel(params.id, scopeFor(caller, 'orders:manage'))));

  ship = async ({ params }: Input<{ params: ById }>) => ok(toOrderView(await this.moveOrder.ship(params.id)));

  deliver = async ({ params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.moveOrder.deliver(params.id)));
}
