import { created, ok, paged } from '../../core/reply.ts';
import type { Caller, Input } from '../../core/route.ts';
import type { OrderService, Whose } from './order.service.ts';
import type { ListOrdersQuery, PlaceOrderBody } from './order.validation.ts';
import { toOrderView } from './order.view.ts';

interface ById {
  readonly id: string;
}

/** Everyone's orders for whoever has the permission, and a caller's own for anyone else. */
const whoseFor = ({ userId, permissions }: Caller, permission: string): Whose =>
  permissions.has(permission) ? 'anyone' : { customerId: userId };

export class OrderController {
  constructor(private readonly orders: OrderService) {}

  place = async ({ caller, body }: Input<{ body: PlaceOrderBody }>) => {
    const placed = await this.orders.place(caller.userId, body);
    return created(toOrderView(placed), { location: `/api/v1/orders/${placed.order.id}` });
  };

  list = async ({ caller, query }: Input<{ query: ListOrdersQuery }>) =>
    paged(await this.orders.list(query, whoseFor(caller, 'orders:read-any')), toOrderView);

  get = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.orders.get(params.id, whoseFor(caller, 'orders:read-any'))));

  cancel = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.orders.cancel(params.id, whoseFor(caller, 'orders:manage'))));

  ship = async ({ params }: Input<{ params: ById }>) => ok(toOrderView(await this.orders.ship(params.id)));

  deliver = async ({ params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.orders.deliver(params.id)));
}
