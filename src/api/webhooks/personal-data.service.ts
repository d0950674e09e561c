import type { PersonalData } from '../../core/personal-data.ts';
import type { DeliveryRepository } from './delivery.repository.ts';
import type { EndpointRepository } from './endpoint.repository.ts';
import { toDeliveryView, toEndpointView } from './webhook.view.ts';

const maxDeliveries = 100;

/** Exports and erases the endpoints and deliveries of a user. */
export class PersonalDataService implements PersonalData {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly deliveries: DeliveryRepository,
  ) {}

  async exportFor(userId: string): Promise<unknown> {
    const found = await this.deliveries.listNewestOf(userId, maxDeliveries + 1);
    const newest = found.slice(0, maxDeliveries);
    return {
      endpoints: (await this.endpoints.listFor(userId)).map(toEndpointView),
      deliveries: {
        newest: newest.map((delivery) => ({ ...toDeliveryView(delivery), body: delivery.body })),
        hasMore: found.length > maxDeliveries,
      },
    };
  }

  eraseInBatches(userId: string): Promise<void> {
    return this.deliveries.deleteInBatchesFor(userId);
  }

  eraseFor(userId: string): Promise<void> {
    return this.endpoints.deleteAllOf(userId);
  }
}
