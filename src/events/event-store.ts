import type { Aggregate, StoredEvent } from './aggregate.ts';
import { currentHeaders, type WorkHeaders } from '../core/context.ts';
import type { Database } from '../db/database.ts';
import { codeOf, ConcurrencyError } from '../db/errors.ts';

/**
 * Position of an event in the order of all events. A reader resumes from the position of the last event that it read.
 */
export interface EventPosition {
  readonly transactionId: string;
  readonly globalId: string;
}

/** A stored event with its position and metadata. */
export interface RecordedEvent extends StoredEvent, EventPosition {
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly metadata: WorkHeaders;
  readonly occurredAt: Date;
}

/** The position before the first event. */
export const firstPosition: EventPosition = { transactionId: '0', globalId: '0' };

/** Appends the events of aggregates to the database, and loads aggregates from them. */
export class EventStore {
  constructor(private readonly db: Database) {}

  /** Loads the events of an aggregate into this new instance and returns it. Without events, its version is 0. */
  async load<A extends Aggregate<unknown>>(aggregate: A): Promise<A> {
    const snapshot = await this.#snapshotOf(aggregate);
    const events = await this.#eventsFrom(aggregate, snapshot?.version ?? 0);
    if (snapshot === undefined) {
      aggregate.replay(events);
      return aggregate;
    }
    const [last, ...since] = events;
    // Ignore a snapshot whose event is missing, for example after an older backup was restored.
    if (last?.version === snapshot.version) {
      aggregate.restore(snapshot.state, snapshot.version);
      aggregate.replay(since);
    } else aggregate.replay(await this.#eventsFrom(aggregate, 0));
    return aggregate;
  }

  /**
   * Stores the raised events, all or none. Throws `ConcurrencyError` if the aggregate has changed since it was loaded.
   * `db.transaction` then retries. If every retry fails, the caller receives 409.
   */
  async save(aggregate: Aggregate<unknown>): Promise<void> {
    const { kind, id, raised, version } = aggregate;
    if (raised.length === 0) return;
    const events = raised.map(({ definition, payload }) => ({
      type: definition.type,
      schemaVersion: definition.version,
      data: payload,
    }));
    await this.#append(kind.type, id, version - raised.length, events);
    if (kind.snapshots !== undefined && version % kind.snapshots.every < raised.length)
      await this.#storeSnapshot(aggregate, kind.snapshots.schemaVersion);
    aggregate.markStored();
  }

  /**
   * Returns up to `limit` events of all aggregates after a position, in order. Withholds events as long as an older
   * open transaction may still add an earlier event. A reader that resumes from the last event therefore misses none.
   */
  readAfter({ transactionId, globalId }: EventPosition, limit: number): Promise<RecordedEvent[]> {
    return this.db.query<RecordedEvent>(
      `SELECT global_id AS "globalId", transaction_id AS "transactionId", aggregate_type AS "aggregateType",
         aggregate_id AS "aggregateId", version, type, schema_version AS "schemaVersion", data, metadata,
         occurred_at AS "occurredAt"
       FROM events
       WHERE (transaction_id, global_id) > ($1::bigint, $2::bigint)
         AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
       ORDER BY transaction_id, global_id LIMIT $3`,
      [transactionId, globalId, limit],
    );
  }

  async #append(
    type: string,
    id: string,
    expectedVersion: number,
    events: readonly StoredEvent[],
  ): Promise<void> {
    const outdated = `The ${type} ${id} is no longer at version ${expectedVersion}.`;
    try {
      const rows = await this.db.query(
        `INSERT INTO events (transaction_id, aggregate_type, aggregate_id, version, type, schema_version, data, metadata)
         SELECT pg_current_xact_id()::text::bigint, $1, $2, $3::int + number, event ->> 'type', (event ->> 'schemaVersion')::int, event -> 'data', $5
         FROM jsonb_array_elements($4::jsonb) WITH ORDINALITY AS raised (event, number)
         WHERE $3 = (SELECT coalesce(max(version), 0) FROM events WHERE aggregate_type = $1 AND aggregate_id = $2)
         ORDER BY number RETURNING 1`,
        [type, id, expectedVersion, JSON.stringify(events), currentHeaders()],
      );
      if (rows.length < events.length) throw new ConcurrencyError(outdated);
    } catch (error) {
      // If two saves run concurrently, the second waits for the first and then finds its version number taken.
      throw codeOf(error) === '23505' ? new ConcurrencyError(outdated, { cause: error }) : error;
    }
  }

  #eventsFrom(
    { kind, id }: Aggregate<unknown>,
    version: number,
  ): Promise<(StoredEvent & { version: number })[]> {
    return this.db.query(
      `SELECT version, type, schema_version AS "schemaVersion", data FROM events
       WHERE aggregate_type = $1 AND aggregate_id = $2 AND version >= $3 ORDER BY version`,
      [kind.type, id, version],
    );
  }

  async #snapshotOf({
    kind,
    id,
  }: Aggregate<unknown>): Promise<{ version: number; state: unknown } | undefined> {
    if (kind.snapshots === undefined) return undefined;
    const [snapshot] = await this.db.query<{ version: number; state: unknown }>(
      `SELECT version, state FROM snapshots WHERE aggregate_type = $1 AND aggregate_id = $2 AND schema_version = $3`,
      [kind.type, id, kind.snapshots.schemaVersion],
    );
    return snapshot;
  }

  async #storeSnapshot(
    { kind, id, version, state }: Aggregate<unknown>,
    schemaVersion: number,
  ): Promise<void> {
    await this.db.query(
      `INSERT INTO snapshots (aggregate_type, aggregate_id, version, schema_version, state) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE
         SET version = excluded.version, schema_version = excluded.schema_version, state = excluded.state`,
      [kind.type, id, version, schemaVersion, JSON.stringify(state)],
    );
  }
}
