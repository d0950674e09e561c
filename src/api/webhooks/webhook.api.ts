import type { DeliveredEvent, EventDefinition, Subscription } from '../../events/events.ts';

/** An event type that endpoints can subscribe to. */
export interface WebhookEventType<Payload> {
  readonly definition: EventDefinition<Payload>;
  /** The public name, such as `order.paid`. Do not change it after its release. */
  readonly type: string;
  /** Returns the id of the user whose endpoints receive the event, or null if none do. */
  readonly ownerOf: (payload: Payload) => string | null;
  /** Returns the `data` of the webhook message. */
  readonly toPayload: (event: DeliveredEvent<Payload>) => object;
}

export interface Webhooks {
  /**
   * Makes an event type available to endpoints. Add the result to the `subscriptions` of the module that declares the event.
   * Throws if the type is registered already.
   */
  registerEventType<Payload>(eventType: WebhookEventType<Payload>): Subscription;
}
