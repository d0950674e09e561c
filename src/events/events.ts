import type { WorkHeaders } from '../core/context.ts';
import type { ListQuery, Page } from '../core/pagination.ts';
import { issueIn, validated, type Infer, type Schema } from '../core/schema.ts';

interface Upcasting {
  upcast(payload: unknown): unknown;
}

/**
 * Converts a payload to the next schema version. It must be pure, because it also converts events that were stored
 * years ago. Its parameter may have the type that payloads had in that version.
 */
export type Upcaster = Upcasting['upcast'];

interface EventSpec<S extends Schema> {
  /** The name, in the past tense, such as `users.verified`. */
  readonly type: string;
  /** The kind of object that the event is about, such as `order`. Events about one object are delivered in order. */
  readonly aggregate: string;
  readonly schema: S;
  /** The version of the schema. 1 by default. */
  readonly version?: number;
  /** Maps a version to the function that converts its payloads to the next version. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
}

/** A type of event: its name, aggregate and schema. */
export interface EventDefinition<Payload = unknown> {
  readonly type: string;
  readonly aggregate: string;
  readonly version: number;
  /** Throws if the payload does not match the schema. */
  assert(payload: unknown): void;
  /**
   * Returns the payload, converted from `version` to the current version. Throws `UnknownEvent` if `version` is newer
   * than that.
   */
  read(payload: unknown, version: number): Payload;
}

/** Declares an event. Throws if the payloads of any older version cannot be converted (a missing upcaster). */
export function defineEvent<const S extends Schema>(spec: EventSpec<S>): EventDefinition<Infer<S>> {
  const { type, aggregate, schema, version = 1, upcasters = {} } = spec;
  for (let from = 1; from < version; from += 1)
    if (upcasters[from] === undefined)
      throw new Error(`Event "${type}" has version ${version} but no upcaster from version ${from}: add it.`);
  return {
    type,
    aggregate,
    version,
    assert: (payload) => {
      const issue = issueIn(schema, payload);
      if (issue !== null)
        throw new Error(`The payload of event "${type}" does not match its schema: ${issue}`);
    },
    read: (payload, from) => {
      if (from > version)
        throw new UnknownEvent(`Version ${from} of event "${type}" is newer than this process.`);
      let current = payload;
      for (let at = from; at < version; at += 1) current = upcasters[at]?.(current);
      // The check of the type is skipped: `publish` has validated the payload, and tests run the upcasters on stored
      // payloads.
      return validated(schema, current);
    },
  };
}

/** Thrown for an event whose type or version this process does not know. A retry would fail too. */
export class UnknownEvent extends Error {}

/** An event as a subscriber receives it. */
export interface DeliveredEvent<Payload> {
  readonly id: string;
  readonly type: string;
  readonly aggregateId: string;
  /** Position among the events of its aggregate, starting at 1. */
  readonly sequence: number;
  readonly payload: Payload;
  readonly headers: WorkHeaders;
  readonly occurredAt: Date;
}

/** A consumer's handler for one type of event. */
export interface Subscription {
  /**
   * The name under which the inbox stores which events this consumer has processed, such as `audit.record`. Do not
   * change the name after deployment.
   */
  readonly consumer: string;
  readonly definition: EventDefinition;
  /** Handles an event. The same transaction marks the event as processed, so that its changes are made only once. */
  handle(event: DeliveredEvent<unknown>): Promise<void>;
}

/** Subscribes `consumer` to an event. */
export const on = <Payload>(
  definition: EventDefinition<Payload>,
  consumer: string,
  handle: (event: DeliveredEvent<Payload>) => Promise<void>,
): Subscription => ({
  consumer,
  definition,
  // The handler receives payloads of this type, because the relay reads each payload with this definition.
  handle,
});

/** Publishes events. */
export interface Events {
  /**
   * Stores an event in the open transaction. After the commit, the event is delivered at least once, in order for each
   * aggregate. Throws outside a transaction. Also throws if the payload does not match its schema or exceeds 256 kB.
   */
  publish<Payload>(
    definition: EventDefinition<Payload>,
    aggregateId: string,
    payload: NoInfer<Payload>,
  ): Promise<void>;
}

/** An event whose delivery failed too often. Later events of the same aggregate wait for it. */
export interface DeadEvent {
  readonly id: string;
  readonly type: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
}

/** Lists dead events, delivers them again, or skips them. */
export interface DeadEvents {
  list(query: ListQuery): Promise<Page<DeadEvent>>;
  /** Resets a dead event so that it is delivered again. Returns false if there is no such dead event. */
  redrive(id: string): Promise<boolean>;
  /**
   * Skips a dead event permanently, so that the later events of its aggregate are delivered. Returns false if there is
   * no such dead event.
   */
  skip(id: string): Promise<boolean>;
}
