import { UnknownEvent, type EventDefinition } from './events.ts';

/** What one kind of event makes of the state of an aggregate. */
export interface Fold<State> {
  readonly definition: EventDefinition;
  apply(state: State, payload: unknown): State;
}

/** Declares what an event makes of the state; pure, as it happens again whenever the aggregate is loaded. */
export const when = <State, Payload>(
  definition: EventDefinition<Payload>,
  apply: (state: State, payload: Payload) => State,
): Fold<State> => ({
  definition,
  // `replay` reads each payload by this very definition, and `raise` holds it against it.
  apply: (state, payload) => apply(state, payload as Payload),
});

/** A kind of aggregate, as data. */
export interface AggregateKind<State> {
  /** The name of this kind in its events, such as `account`. */
  readonly type: string;
  /** Before its first event; goes through JSON unchanged, as snapshots do. */
  readonly initial: State;
  readonly folds: readonly Fold<State>[];
  /** Where there are snapshots: after how many events, and the version of the state's form; raise it with each change of that. */
  readonly snapshots?: { readonly every: number; readonly schemaVersion: number };
}

/** Declares a kind of aggregate; throws for an event that belongs to another, or is folded twice. */
export function defineAggregate<State>(kind: AggregateKind<State>): AggregateKind<State> {
  const seen = new Set<string>();
  for (const { definition } of kind.folds) {
    if (definition.aggregate !== kind.type)
      throw new Error(
        `"${definition.type}" happens to a ${definition.aggregate}, and not to a ${kind.type}.`,
      );
    if (seen.has(definition.type)) throw new Error(`"${definition.type}" is folded twice: keep one.`);
    seen.add(definition.type);
  }
  return kind;
}

/** An event that an aggregate has raised and that is not stored yet. */
export interface RaisedEvent {
  readonly definition: EventDefinition;
  readonly payload: unknown;
}

/** An event of an aggregate as it is stored. */
export interface StoredEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
}

/** Something whose state is what its events have made of it. A subclass offers the commands, and raises the events. */
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

  /** How many events it has had, those not stored yet included. */
  get version(): number {
    return this.#version;
  }

  /** What was raised since it was loaded or stored. */
  get raised(): readonly RaisedEvent[] {
    return this.#raised;
  }

  /** Takes over where a snapshot was made. */
  restore(state: State, version: number): void {
    this.#state = state;
    this.#version = version;
  }

  /** Goes through what has happened to it since; throws an UnknownEvent for what nobody here knows how to read. */
  replay(events: readonly StoredEvent[]): void {
    for (const { type, schemaVersion, data } of events) {
      const fold = this.kind.folds.find(({ definition }) => definition.type === type);
      if (fold === undefined) throw new UnknownEvent(`A ${this.kind.type} knows no event "${type}".`);
      this.#apply(fold, fold.definition.read(data, schemaVersion));
    }
  }

  /** What was raised is stored. */
  markStored(): void {
    this.#raised = [];
  }

  /** Makes the state what the event says; it has happened once the aggregate is stored. Throws for a payload that is not of its schema. */
  protected raise<Payload>(definition: EventDefinition<Payload>, payload: NoInfer<Payload>): void {
    const fold = this.kind.folds.find((one) => one.definition === definition);
    if (fold === undefined)
      throw new Error(`A ${this.kind.type} has no fold for "${definition.type}": add it.`);
    definition.assert(payload);
    this.#apply(fold, payload);
    this.#raised.push({ definition, payload });
  }

  #apply(fold: Fold<State>, payload: unknown): void {
    this.#state = fold.apply(this.#state, payload);
    this.#version += 1;
  }
}
