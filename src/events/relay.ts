import { setTimeout as sleep } from 'node:timers/promises';
import { contextOf, runInContext } from '../core/context.ts';
import { UnknownEvent, type EventDefinition, type DeliveredEvent, type Subscription } from './events.ts';
import type { Ids, Logger } from '../core/ports.ts';
import type { InboxRepository } from './inbox.repository.ts';
import type { LeasedEvent, OutboxRepository } from './outbox.repository.ts';
import { Loop } from '../utils/loop.ts';
import { LeasedWork } from '../jobs/leased-work.ts';
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

/** How a relay works; each has a default. */
export interface RelaySettings {
  /** Events that are delivered at the same time. */
  readonly slots: number;
  readonly leaseSeconds: number;
  /** How long all consumers of an event may take. */
  readonly deliveryMs: number;
  /** The pause between looks into the outbox when nothing wakes it. */
  readonly pollMs: number;
  readonly maxAttempts: number;
  /** How long what was begun may take once it is to stop. */
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

const probationMs = 1_000;

/** The delivery took longer than it may. What its consumers still do will not be committed. */
class DeliveryTimeout extends Error {}

/**
 * Delivers what stands in the outbox to whoever subscribed to it: at least once, in order for each aggregate. Any number
 * of relays may run; what one has taken and not delivered by the end of its lease is taken by another.
 */
export class Relay {
  readonly #settings: RelaySettings;
  readonly #definitions: ReadonlyMap<string, EventDefinition>;
  readonly #token: string;
  readonly #inFlight: LeasedWork<LeasedEvent>;
  readonly #loop: Loop;
  #abandonedCheckedMs = 0;

  constructor(private readonly deps: RelayDeps) {
    const { outbox, ids, logger, definitions } = deps;
    this.#settings = { ...defaults, ...deps.settings };
    this.#definitions = new Map(definitions.map((definition) => [definition.type, definition]));
    this.#token = ids.next();
    const { leaseSeconds, pollMs, stopMs } = this.#settings;
    this.#inFlight = new LeasedWork({
      renew: (events) => this.#renew(events),
      release: (events) => outbox.release(idsOf(events), this.#token),
      renewMs: (leaseSeconds * 1_000) / 3,
      stopMs,
    });
    this.#loop = new Loop({
      round: () => this.#deliverDue(),
      onFailure: (error) => {
        logger.warn('The outbox could not be read; the next round tries again.', { error });
      },
      pollMs,
    });
  }

  start(): void {
    this.#inFlight.start();
    this.#loop.start();
  }

  /** Looks into the outbox now, and not at the end of the pause. */
  wake(): void {
    this.#loop.wake();
  }

  /** Takes nothing more, waits some seconds for what was begun, and gives back what has not ended by then. */
  stop(): Promise<void> {
    return this.#inFlight.stop(this.#loop.stop());
  }

  async #deliverDue(): Promise<void> {
    const { outbox } = this.deps;
    const { slots, leaseSeconds } = this.#settings;
    while (!this.#loop.isStopped) {
      const claimed = await outbox.claim(slots - this.#inFlight.size, this.#token, leaseSeconds);
      for (const event of claimed) void this.#begin(event);
      // Asked for in handfuls and not one by one: a claim costs more than a delivery.
      while (this.#inFlight.size > slots / 2) await this.#inFlight.waitForAny();
      // However much is due: what a process left behind must not wait until there is nothing else.
      const isTime = performance.now() - this.#abandonedCheckedMs > leaseSeconds * 1_000;
      if (claimed.length > 0 && !isTime) continue;
      if (await this.#deliverAbandoned()) continue;
      this.#abandonedCheckedMs = performance.now();
      if (claimed.length === 0) return;
    }
  }

  /**
   * Takes one event that some process left behind; false when there is none. Once may be chance. Left behind twice, it may
   * be what kills its processes: then nothing is begun beside it for its first second.
   */
  async #deliverAbandoned(): Promise<boolean> {
    const event = await this.deps.outbox.claimAbandoned(this.#token, this.#settings.leaseSeconds);
    if (event === null) return false;
    const delivery = this.#begin(event);
    if (event.attempts > 2) await Promise.race([delivery, sleep(probationMs, undefined, { ref: false })]);
    return true;
  }

  async #begin(event: LeasedEvent): Promise<void> {
    await this.#inFlight.begin(event, this.#deliver(event));
    // What comes next of the same aggregate can be taken from now on.
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
          logger.error('An event is dead: those after it wait until it is redriven or skipped.', {
            ...facts,
            error: failure,
          });
      } else if (await outbox.scheduleRetry(id, this.#token, reason)) {
        logger.warn('An event could not be delivered; it will be tried again.', { ...facts, error: failure });
      }
    } catch (error) {
      // The lease ends by itself, and another takes it up.
      logger.warn('What became of a delivery could not be stored; it will be repeated.', { ...facts, error });
    }
  }

  /** Hands the event to each of its consumers that has not had it yet; gives what went wrong, or null. */
  async #deliverToConsumers({ headers, ...event }: LeasedEvent): Promise<unknown> {
    const context = contextOf(headers, event.eventId);
    const timer = new AbortController();
    const late = sleep(this.#settings.deliveryMs, undefined, { signal: timer.signal, ref: false }).then(
      () => {
        context.isExpired = true;
        return new DeliveryTimeout(`Not delivered within ${this.#settings.deliveryMs} ms.`);
      },
      () => null,
    );
    const handed = runInContext(context, () => this.#runConsumers({ headers, ...event })).then(
      () => null,
      (error: unknown) => error ?? new Error('A consumer threw nothing.'),
    );
    const failure = await Promise.race([handed, late]);
    timer.abort();
    return failure;
  }

  async #runConsumers(event: LeasedEvent): Promise<void> {
    const { inbox, subscriptions } = this.deps;
    const definition = this.#definitions.get(event.type);
    if (definition === undefined) throw new UnknownEvent(`No module declares the event "${event.type}".`);
    const happened: DeliveredEvent<unknown> = {
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
      await inbox.once(subscription.consumer, event.eventId, () => subscription.handle(happened));
    }
  }

  async #renew(events: readonly LeasedEvent[]): Promise<void> {
    try {
      await this.deps.outbox.renew(idsOf(events), this.#token, this.#settings.leaseSeconds);
    } catch (error) {
      this.deps.logger.warn('Leases could not be renewed; the events may be delivered again.', { error });
    }
  }
}

const idsOf = (events: readonly LeasedEvent[]): string[] => events.map(({ id }) => id);

/** Taken up so often without a word of what became of it that it must be what ends its processes. */
const poisonMessage = new Error('Each process that took this event up has died.');
