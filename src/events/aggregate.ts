import { UnknownEvent, type EventDefinition } from './events.ts';

/** Applies one type of event to the state of an aggregate (a group of data that changes as a whole). */
export interface Fold<State> {
  readonly definition: EventDefinition;
  apply(state: State, payload: unknown): State;
}

/**
 * Declares how an event changes the state. The function must be pure, because it runs each time the aggregate is
 * loaded.
 */
export const when = <State, Payload>(
  definition: EventDefinition<Payload>,
  apply: (state: State, payload: Payload) => State,
): Fold<State> => ({
  definition,
  // The payload has this type: `raise` validates it, and `replay` converts it to the current version.
  apply,
});

/** A type of aggregate: its initial state, and how each event changes that state. */
export interface AggregateKind<State> {
  /** Name of the type in stored events, such as `account`. */
  readonly type: string;
  /** State before the first event. It must survive JSON serialization, because snapshots are stored as JSON. */
  readonly initial: State;
  readonly folds: readonly Fold<State>[];
  /** Stores a snapshot after every `every` events. Increase `schemaVersion` whenever the shape of the state changes. */
  readonly snapshots?: { readonly every: number; readonly schemaVersion: number };
}

/** Declares an aggregate. Throws if an event belongs to another aggregate or is listed twice. */
export function defineAggregate<State>(kind: AggregateKind<State>): AggregateKind<State> {
  const seen = new Set<string>();
  for (const { definition } of kind.folds) {
    if (definition.aggregate !== kind.type)
      throw new Error(
        `Event "${definition.type}" belongs to aggregate "${definition.aggregate}", not to "${kind.type}".`,
      );
    if (seen.has(definition.type)) throw new Error(`Event "${definition.type}" is folded twice: keep one.`);
    seen.add(definition.type);
  }
  return kind;
}

/** A raised event that is not stored yet. */
export interface RaisedEvent {
  readonly definition: EventDefinition;
  readonly payload: unknown;
}

/** A stored event. */
export interface StoredEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
}

/** An aggregate whose state is the sum of its events. Subclasses add commands, which raise events. */
export abstract class Aggregate<State> {
  #state: State;
  #version = 0;
  #raised: RaisedEvent[] = [];

  constructor(
    readonly kind: AggregateKind<State>,
    readonly id: string,
  ) {
    this.#state = kind.initial;
  }

  get state(): State {
    return this.#state;
  }

  /** Number of events so far, including raised events that are not stored yet. */
  get version(): number {
    return this.#version;
  }

  /** Events raised since the aggregate was loaded or saved. */
  get raised(): readonly RaisedEvent[] {
    return this.#raised;
  }

  /** Restores the state of a snapshot. */
  restore(state: State, version: number): void {
    this.#state = state;
    this.#version = version;
  }

  /** Applies stored events. Throws `UnknownEvent` for an unknown type or version. */
  replay(events: readonly StoredEvent[]): void {
    for (const { type, schemaVersion, data } of events) {
      const fold = this.kind.folds.find(({ definition }) => definition.type === type);
      if (fold === undefined)
        throw new UnknownEvent(`Aggregate "${this.kind.type}" has no fold for event "${type}".`);
      this.#apply(fold, fold.definition.read(data, schemaVersion));
    }
  }

  /** Clears the raised events after they are stored. */
  markStored(): void {
    this.#raised = [];
  }

  /**
   * Raises an event and applies it. `EventStore.save` stores the event. Throws if the payload does not match its
   * schema.
   */
  protected raise<Payload>(definition: EventDefinition<Payload>, payload: NoInfer<Payload>): void {
    const fold = this.kind.folds.find((one) => one.definition === definition);
    if (fold === undefined)
      throw new Error(`Aggregate "${this.kind.type}" has no fold for event "${definition.type}": add it.`);
    definition.assert(payload);
    this.#apply(fold, payload);
    this.#raised.push({ definition, payload });
  }

  #apply(fold: Fold<State>, payload: unknown): void {
    this.#state = fold.apply(this.#state, payload);
    this.#version += 1;
  }
}
