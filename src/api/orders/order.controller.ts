import { apiRoot } from '../../http/envelope.ts';
import { created, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { OrderService } from './order.service.ts';
import type { ListOrdersQuery, ListSummariesQuery, PlaceOrderBody } from './order.validation.ts';
import { toOrderDetailsView, toOrderSummaryView, toOrderView } from './order.view.ts';

interface ById {
  readonly id: string;
}

export class OrderController {
  constructor(private readonly orders: OrderService) {}

  place = async ({ caller, body }: Input<{ body: PlaceOrderBody }>) => {
    const placed = await this.orders.place(caller, body);
    return created(toOrderView(placed), { location: `${apiRoot}/orders/${placed.order.id}` });
  };

  list = async ({ caller, query }: Input<{ query: ListOrdersQuery }>) =>
    paged(await this.orders.list(caller, query), toOrderView);

  listSummaries = async ({ caller, query }: Input<{ query: ListSummariesQuery }>) =>
    paged(await this.orders.listSummaries(caller, query), toOrderSummaryView);

  get = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toOrderDetailsView(await this.orders.get(caller, params.id)));

  cancel = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.orders.cancel(caller, params.id)));

  ship = async ({ params }: Input<{ params: ById }>) => ok(toOrderView(await this.orders.ship(params.id)));

  deliver = async ({ params }: Input<{ params: ById }>) =>
    ok(toOrderView(await this.orders.deliver(params.id)));
}
