import { setTimeout as sleep } from 'node:timers/promises';
import { contextOf, runInContext } from '../core/context.ts';
import { UnknownEvent, type EventDefinition, type DeliveredEvent, type Subscription } from './events.ts';
import type { Ids, Logger } from '../core/ports.ts';
import type { InboxRepository } from './inbox.repository.ts';
import type { LeasedEvent, OutboxRepository } from './outbox.repository.ts';
import { LeasedQueue } from '../jobs/leased-queue.ts';
import { reasonOf } from '../jobs/reason.ts';

interface RelayDeps {
  readonly outbox: OutboxRepository;
  readonly inbox: InboxRepository;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly definitions: readonly EventDefinition[];
  readonly subscriptions: readonly Subscription[];
  readonly settings?: Partial<RelaySettings>;
}

/** Settings of a relay. Each has a default. */
export interface RelaySettings {
  /** How many events are delivered concurrently. */
  readonly slots: number;
  readonly leaseSeconds: number;
  /** Time limit for delivering an event to all its consumers, in milliseconds. */
  readonly deliveryMs: number;
  /** How long the relay waits before it reads the outbox again if nothing wakes it, in milliseconds. */
  readonly pollMs: number;
  readonly maxAttempts: number;
  /** How long `stop` waits for deliveries in progress, in milliseconds. */
  readonly stopMs: number;
}

const defaults: RelaySettings = {
  slots: 50,
  leaseSeconds: 30,
  deliveryMs: 20_000,
  pollMs: 1_000,
  maxAttempts: 12,
  stopMs: 8_000,
};

/** The delivery took too long. Transactions that its consumers still run are not committed. */
class DeliveryTimeout extends Error {}

/**
 * Delivers events from the outbox to their subscribers, at least once and in order for each aggregate. Any number of
 * relays may run concurrently. If a relay crashes, the leases of its events expire and another relay claims them.
 */
export class Relay {
  readonly #settings: RelaySettings;
  readonly #definitions: ReadonlyMap<string, EventDefinition>;
  readonly #token: string;
  readonly #queue: LeasedQueue<LeasedEvent>;
  #abandonedCheckedMs = 0;

  constructor(private readonly deps: RelayDeps) {
    const { outbox, ids, logger, definitions } = deps;
    this.#settings = { ...defaults, ...deps.settings };
    this.#definitions = new Map(definitions.map((definition) => [definition.type, definition]));
    this.#token = ids.next();
    const { leaseSeconds, pollMs, stopMs } = this.#settings;
    this.#queue = new LeasedQueue({
      claimDue: () => this.#deliverDue(),
      onClaimFailure: (error) => {
        logger.warn('Reading the outbox failed; retrying in the next round.', { error });
      },
      pollMs,
      stopMs,
      lease: {
        seconds: leaseSeconds,
        renew: (events) => this.#renew(events),
        release: (events) => outbox.release(idsOf(events), this.#token),
      },
    });
  }

  start(): void {
    this.#queue.start();
  }

  /** Reads the outbox now, without waiting for the next poll. */
  wake(): void {
    this.#queue.wake();
  }

  /** Stops claiming, waits up to `stopMs` for running deliveries, and returns the remaining events to the queue. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  async #deliverDue(): Promise<void> {
    const { outbox } = this.deps;
    const { slots, leaseSeconds } = this.#settings;
    while (!this.#queue.isStopped) {
      const claimed = await outbox.claim(slots - this.#queue.size, this.#token, leaseSeconds);
      for (const event of claimed) void this.#begin(event);
      // Wait until half the slots are free and claim many events at once, because a claim costs more than a delivery.
      while (this.#queue.size > slots / 2) await this.#queue.waitForAny();
      // Look for expired leases regularly, even if new events never stop arriving.
      const isAbandonedCheckDue = performance.now() - this.#abandonedCheckedMs > leaseSeconds * 1_000;
      if (claimed.length > 0 && !isAbandonedCheckDue) continue;
      if (await this.#deliverAbandoned()) continue;
      this.#abandonedCheckedMs = performance.now();
      if (claimed.length === 0) return;
    }
  }

  /** Claims one event whose lease has expired and starts its delivery. Returns false if there is none. */
  async #deliverAbandoned(): Promise<boolean> {
    const event = await this.deps.outbox.claimAbandoned(this.#token, this.#settings.leaseSeconds);
    if (event === null) return false;
    await this.#queue.probation(this.#begin(event), event.attempts);
    return true;
  }

  async #begin(event: LeasedEvent): Promise<void> {
    await this.#queue.begin(event, this.#deliver(event));
    // Look for more events, because the next event of the same aggregate may be due now.
    this.wake();
  }

  async #deliver(event: LeasedEvent): Promise<void> {
    const { outbox, logger } = this.deps;
    const { id, eventId, type, attempts } = event;
    const facts = { event: 'outbox.delivery', eventId, type, attempts };
    try {
      const failure =
        attempts > this.#settings.maxAttempts ? poisonMessage : await this.#deliverToConsumers(event);
      if (failure === null) {
        await outbox.settle(id, this.#token);
        return;
      }
      const reason = reasonOf(failure);
      if (failure instanceof UnknownEvent || attempts >= this.#settings.maxAttempts) {
        if (await outbox.deadLetter(id, this.#token, reason))
          logger.error(
            'An event is dead; later events of its aggregate wait until it is redriven or skipped.',
            {
              ...facts,
              error: failure,
            },
          );
      } else if (await outbox.scheduleRetry(id, this.#token, reason)) {
        logger.warn('An event could not be delivered and will be retried.', { ...facts, error: failure });
      }
    } catch (error) {
      // Only log the error. The lease will expire, and another process will claim the event.
      logger.warn('Storing the outcome of a delivery failed; the event will be delivered again.', {
        ...facts,
        error,
      });
    }
  }

  /** Delivers the event to each consumer that has not processed it yet. Returns the error, or null on success. */
  async #deliverToConsumers({ headers, ...event }: LeasedEvent): Promise<unknown> {
    const context = contextOf(headers, event.eventId);
    const timer = new AbortController();
    const timeout = sleep(this.#settings.deliveryMs, undefined, { signal: timer.signal, ref: false }).then(
      () => {
        context.isExpired = true;
        return new DeliveryTimeout(`Delivery timed out after ${this.#settings.deliveryMs} ms.`);
      },
      () => null,
    );
    const delivered = runInContext(context, () => this.#runConsumers({ headers, ...event })).then(
      () => null,
      (error: unknown) => error ?? new Error('A consumer rejected without an error.'),
    );
    const failure = await Promise.race([delivered, timeout]);
    timer.abort();
    return failure;
  }

  async #runConsumers(event: LeasedEvent): Promise<void> {
    const { inbox, subscriptions } = this.deps;
    const definition = this.#definitions.get(event.type);
    if (definition === undefined) throw new UnknownEvent(`No module declares the event "${event.type}".`);
    const delivered: DeliveredEvent<unknown> = {
      id: event.eventId,
      type: event.type,
      aggregateId: event.aggregateId,
      sequence: event.sequence,
      payload: definition.read(event.payload, event.schemaVersion),
      headers: event.headers,
      occurredAt: event.createdAt,
    };
    for (const subscription of subscriptions) {
      if (subscription.definition.type !== event.type) continue;
      await inbox.once(subscription.consumer, event.eventId, () => subscription.handle(delivered));
    }
  }

  async #renew(events: readonly LeasedEvent[]): Promise<void> {
    try {
      await this.deps.outbox.renew(idsOf(events), this.#token, this.#settings.leaseSeconds);
    } catch (error) {
      this.deps.logger.warn('Renewing leases failed; events may be delivered twice.', { error });
    }
  }
}

const idsOf = (events: readonly LeasedEvent[]): string[] => events.map(({ id }) => id);

/**
 * The reason for an event that is not delivered again. Every process that claimed it crashed, so it is probably a
 * poison message.
 */
const poisonMessage = new Error('Every process that claimed this event crashed.');
