import type { Jobs } from '../../jobs/jobs.ts';
import type { Page } from '../../core/pagination.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Users } from '../users/index.ts';
import type { DeliveryRepository } from './delivery.repository.ts';
import type { EndpointRepository } from './endpoint.repository.ts';
import type { WebhookDelivery } from './webhook-delivery.model.ts';
import { webhookErrors } from './webhook.errors.ts';
import { deliverWebhook } from './webhook.jobs.ts';
import type { ListDeliveriesQuery } from './webhook.validation.ts';

interface DeliveryServiceDeps {
  readonly endpoints: EndpointRepository;
  readonly deliveries: DeliveryRepository;
  readonly users: Users;
  readonly jobs: Jobs;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A message to deliver to the endpoints of a user. */
export interface WebhookEvent {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: object;
}

/** Creates, lists and retries deliveries. */
export class DeliveryService {
  constructor(private readonly deps: DeliveryServiceDeps) {}

  /** Creates a delivery to each endpoint of the user that subscribes to the event type. Needs an open transaction. */
  async enqueueFor(userId: string, event: WebhookEvent): Promise<void> {
    const { endpoints, users } = this.deps;
    // Do not write personal data for an account that may have been erased or disabled meanwhile.
    if (!(await users.lockActive(userId))) return;
    for (const endpointId of await endpoints.listSubscribed(userId, event.type))
      await this.#create(endpointId, event);
  }

  /** Creates a delivery of a test event, whatever the endpoint subscribes to. */
  test(endpointId: string, userId: string): Promise<WebhookDelivery> {
    const { clock, ids, transaction } = this.deps;
    return transaction(async () => {
      await this.#lockEnabled(endpointId, userId);
      return this.#create(endpointId, {
        eventId: ids.next(),
        type: 'webhooks.test',
        occurredAt: clock.now(),
        data: { endpointId },
      });
    });
  }

  async list(endpointId: string, userId: string, query: ListDeliveriesQuery): Promise<Page<WebhookDelivery>> {
    const { endpoints, deliveries } = this.deps;
    await endpoints.getById(endpointId, userId);
    return deliveries.list(query, endpointId);
  }

  /**
   * Retries a delivery immediately, even a dead or delivered one. If the retry fails and attempts are left, they
   * follow.
   */
  retry(endpointId: string, userId: string, deliveryId: string): Promise<WebhookDelivery> {
    const { deliveries, transaction } = this.deps;
    return transaction(async () => {
      await this.#lockEnabled(endpointId, userId);
      const delivery = await deliveries.reopen(deliveryId, endpointId);
      await this.#enqueue(delivery);
      return delivery;
    });
  }

  async #lockEnabled(endpointId: string, userId: string): Promise<void> {
    const { isEnabled } = await this.deps.endpoints.lockById(endpointId, userId, 'any');
    if (!isEnabled) throw webhookErrors.disabled();
  }

  async #create(
    endpointId: string,
    { eventId, type, occurredAt, data }: WebhookEvent,
  ): Promise<WebhookDelivery> {
    const { deliveries, clock, ids } = this.deps;
    const delivery = await deliveries.insert({
      id: ids.next(),
      endpointId,
      eventId,
      type,
      body: JSON.stringify({ type, timestamp: occurredAt.toISOString(), data }),
      createdAt: clock.now(),
    });
    await this.#enqueue(delivery);
    return delivery;
  }

  async #enqueue({ id, attempts }: WebhookDelivery): Promise<void> {
    const attempt = attempts + 1;
    await this.deps.jobs.enqueue(
      deliverWebhook,
      { deliveryId: id, attempt },
      { uniqueKey: `${id}:${attempt}` },
    );
  }
}
