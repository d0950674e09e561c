import type { WorkHeaders } from '../core/context.ts';
import type { ListQuery, Page } from '../core/pagination.ts';
import { issueIn, type Infer, type Schema } from '../core/schema.ts';

/** Turns the payload of one version into that of the next; pure, so that stored events can be read for good. */
export type Upcaster = (payload: never) => unknown;

interface EventSpec<S extends Schema> {
  /** In the past tense, such as `users.verified`. */
  readonly type: string;
  /** What it happened to, such as `order`; the events of one are delivered in order. */
  readonly aggregate: string;
  readonly schema: S;
  /** The version of the schema; 1 unless given. */
  readonly version?: number;
  /** Version → how its payload becomes that of the version after it. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>;
}

/** A kind of event, as data: what it is called, and what it says. */
export interface EventDefinition<Payload = unknown> {
  readonly type: string;
  readonly aggregate: string;
  readonly version: number;
  /** Throws unless this is such a payload. */
  assert(payload: unknown): void;
  /** The payload of an event of an older version, as it would be written now. Throws for a version that is not known. */
  read(payload: unknown, version: number): Payload;
}

/** Declares an event. A new version of its schema needs an upcaster from the one before. */
export function defineEvent<const S extends Schema>(spec: EventSpec<S>): EventDefinition<Infer<S>> {
  const { type, aggregate, schema, version = 1, upcasters = {} } = spec;
  for (let from = 1; from < version; from += 1)
    if (upcasters[from] === undefined)
      throw new Error(`Event "${type}" has version ${version} and no upcaster from version ${from}: add it.`);
  return {
    type,
    aggregate,
    version,
    assert: (payload) => {
      const issue = issueIn(schema, payload);
      if (issue !== null) throw new Error(`A payload of "${type}" is not of its schema: ${issue}`);
    },
    read: (payload, from) => {
      if (from > version) throw new UnknownEvent(`"${type}" of version ${from} is newer than this process.`);
      let current = payload;
      for (let at = from; at < version; at += 1) current = upcasters[at]?.(current as never);
      // What `publish` let through, brought up to date by upcasters that are tested on stored payloads.
      return current as Infer<S>;
    },
  };
}

/** An event that nobody here knows how to read: trying again is of no use. */
export class UnknownEvent extends Error {}

/** An event that has happened, as a subscriber gets it. */
export interface DeliveredEvent<Payload> {
  readonly id: string;
  readonly type: string;
  readonly aggregateId: string;
  /** Counts the events of the aggregate, from 1. */
  readonly sequence: number;
  readonly payload: Payload;
  readonly headers: WorkHeaders;
  readonly occurredAt: Date;
}

/** What one consumer does about one kind of event. */
export interface Subscription {
  /** Names who remembers having dealt with an event, such as `audit.record`; must not change once it is deployed. */
  readonly consumer: string;
  readonly definition: EventDefinition;
  /** Runs in a transaction in which the consumer also notes the event: its effect happens once. */
  handle(event: DeliveredEvent<unknown>): Promise<void>;
}

/** Declares that `consumer` wants to hear of an event. */
export const on = <Payload>(
  definition: EventDefinition<Payload>,
  consumer: string,
  handle: (event: DeliveredEvent<Payload>) => Promise<void>,
): Subscription => ({
  consumer,
  definition,
  // The relay reads each payload by this very definition.
  handle: (event) => handle(event as DeliveredEvent<Payload>),
});

/** Says that something has happened. */
export interface Events {
  /**
   * Stores an event with the change that it tells of: it is delivered if and when the open transaction commits, at
   * least once, in order for each aggregate. Throws where no transaction is open, and for a payload that is not of
   * its schema or longer than 256 kB.
   */
  publish<Payload>(
    definition: EventDefinition<Payload>,
    aggregateId: string,
    payload: NoInfer<Payload>,
  ): Promise<void>;
}

/** An event that was tried too often; those after it of the same aggregate wait for it. */
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

/** What can be done about dead events. */
export interface DeadEvents {
  list(query: ListQuery): Promise<Page<DeadEvent>>;
  /** Has it delivered as if it were new; false when there is no such dead event. */
  redrive(id: string): Promise<boolean>;
  /** Lets those after it go on without it, for good; false when there is no such dead event. */
  skip(id: string): Promise<boolean>;
}
