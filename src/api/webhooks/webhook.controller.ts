import { apiRoot } from '../../http/envelope.ts';
import { accepted, created, noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { DeliveryService } from './delivery.service.ts';
import type { EndpointService } from './endpoint.service.ts';
import type { ChangeEndpointBody, CreateEndpointBody, ListDeliveriesQuery } from './webhook.validation.ts';
import { toDeliveryView, toEndpointView, toNewEndpointView } from './webhook.view.ts';

interface ById {
  readonly id: string;
}

interface ByDelivery extends ById {
  readonly deliveryId: string;
}

export class WebhookController {
  constructor(
    private readonly endpoints: EndpointService,
    private readonly deliveries: DeliveryService,
  ) {}

  list = async ({ caller }: Input) => ok((await this.endpoints.list(caller.userId)).map(toEndpointView));

  create = async ({ caller, body }: Input<{ body: CreateEndpointBody }>) => {
    const issued = await this.endpoints.create(caller, body);
    return created(toNewEndpointView(issued), {
      location: `${apiRoot}/webhook-endpoints/${issued.endpoint.id}`,
    });
  };

  get = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toEndpointView(await this.endpoints.get(params.id, caller.userId)));

  change = async ({
    caller,
    params,
    body,
    expectedVersion,
  }: Input<{ params: ById; body: ChangeEndpointBody }>) =>
    ok(toEndpointView(await this.endpoints.change(params.id, caller, body, expectedVersion)));

  rotateSecret = async ({ caller, params }: Input<{ params: ById }>) =>
    ok(toNewEndpointView(await this.endpoints.rotateSecret(params.id, caller)));

  remove = async ({ caller, params, expectedVersion }: Input<{ params: ById }>) => {
    await this.endpoints.remove(params.id, caller.userId, expectedVersion);
    return noContent();
  };

  test = async ({ caller, params }: Input<{ params: ById }>) =>
    accepted(toDeliveryView(await this.deliveries.test(params.id, caller.userId)));

  listDeliveries = async ({ caller, params, query }: Input<{ params: ById; query: ListDeliveriesQuery }>) =>
    paged(await this.deliveries.list(params.id, caller.userId, query), toDeliveryView);

  retry = async ({ caller, params }: Input<{ params: ByDelivery }>) =>
    accepted(toDeliveryView(await this.deliveries.retry(params.id, caller.userId, params.deliveryId)));
}
