import { on, type Subscription } from '../../events/events.ts';
import type { DeliveryService } from './delivery.service.ts';
import type { WebhookEventType, Webhooks } from './webhook.api.ts';

/** Keeps the event types that endpoints can subscribe to, and enqueues a delivery for each event. */
export class EventTypeService implements Webhooks {
  readonly #types = new Set<string>();

  constructor(private readonly deliveries: DeliveryService) {}

  get types(): ReadonlySet<string> {
    return this.#types;
  }

  registerEventType<Payload>({
    definition,
    type,
    ownerOf,
    toPayload,
  }: WebhookEventType<Payload>): Subscription {
    if (this.#types.has(type))
      throw new Error(`The webhook event type "${type}" is registered twice: rename one.`);
    this.#types.add(type);
    return on(definition, `webhooks.${type}`, async (event) => {
      const ownerId = ownerOf(event.payload);
      const { id: eventId, occurredAt } = event;
      if (ownerId !== null)
        await this.deliveries.enqueueFor(ownerId, { eventId, type, occurredAt, data: toPayload(event) });
    });
  }
}
