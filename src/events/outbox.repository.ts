import { currentHeaders, type WorkHeaders } from '../core/context.ts';
import type { DeadEvent, DeadEvents, EventDefinition, Events } from './events.ts';
import type { Ids, WakeUpChannel, WakeUps } from '../core/ports.ts';
import type { ListQuery, Page } from '../core/pagination.ts';
import type { Database } from '../db/database.ts';
import { listPage } from '../db/listing.ts';
import { nextAttemptAt } from '../jobs/backoff.ts';
import { OutboxEvent } from './outbox.model.ts';

/** An event that this process may deliver until its lease ends. */
export interface LeasedEvent {
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly payload: unknown;
  readonly headers: WorkHeaders;
  /** The number of attempts, including the current one. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Metrics of the outbox. */
export interface OutboxFigures {
  /** Number of events that are pending or leased. */
  readonly depth: number;
  readonly oldestSeconds: number;
  readonly dead: number;
  /** Number of events that have been claimed more than once. */
  readonly redelivered: number;
}

/** Notification channel for workers. It is used after each commit that makes an event due. */
export const outboxChannel = 'strata_outbox' satisfies WakeUpChannel;

const maxPayloadBytes = 256 * 1_024;
const retention = "interval '7 days'";
const fields = `id, event_id AS "eventId", type, schema_version AS "schemaVersion", aggregate_type AS "aggregateType",
  aggregate_id AS "aggregateId", sequence, payload, headers, attempts, created_at AS "createdAt"`;

// SQL that is true for the first undelivered event of an aggregate. Only this event may be claimed, which keeps the
// events in order. The SQL checks only the direct predecessor, because sequence numbers have no gaps and earlier events
// were settled in order.
const isHead = `NOT EXISTS (SELECT 1 FROM outbox p
  WHERE p.aggregate_type = o.aggregate_type AND p.aggregate_id = o.aggregate_id AND p.sequence = o.sequence - 1
    AND p.status IN ('pending', 'leased', 'dead'))`;

/** Queries on `outbox`. They use the database's clock, so that all processes agree on the time. */
export class OutboxRepository implements Events, DeadEvents {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly wakeUps: WakeUps,
  ) {}

  async publish<Payload>(
    definition: EventDefinition<Payload>,
    aggregateId: string,
    payload: NoInfer<Payload>,
  ): Promise<void> {
    const { type, aggregate, version } = definition;
    if (!this.db.isInTransaction)
      throw new Error(`Event "${type}" needs an open transaction: publish it inside db.transaction.`);
    definition.assert(payload);
    const json = JSON.stringify(payload);
    if (Buffer.byteLength(json) > maxPayloadBytes)
      throw new Error(`The payload of event "${type}" exceeds 256 kB: publish an id instead of the data.`);
    // The counter's row stays locked until the commit, so that events are numbered in the order of the commits.
    await this.db.prepared(
      `WITH counted AS (
         INSERT INTO outbox_sequences AS s (aggregate_type, aggregate_id, last) VALUES ($1, $2, 1)
         ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE SET last = s.last + 1 RETURNING last)
       INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers)
       SELECT $3, $1, $2, last, $4, $5, $6, $7 FROM counted`,
      [aggregate, aggregateId, this.ids.next(), type, version, json, currentHeaders()],
    );
    this.#wakeAfterCommit();
  }

  /** Claims up to `limit` due events that no process holds. */
  claim(limit: number, token: string, leaseSeconds: number): Promise<LeasedEvent[]> {
    return this.#lease(`o.status = 'pending' AND o.available_at <= now()`, limit, token, leaseSeconds);
  }

  /**
   * Claims one event whose lease has expired. Claims only one, because this event may have crashed the previous
   * process.
   */
  async claimAbandoned(token: string, leaseSeconds: number): Promise<LeasedEvent | null> {
    const [event] = await this.#lease(
      `o.status = 'leased' AND o.lease_until < now()`,
      1,
      token,
      leaseSeconds,
    );
    return event ?? null;
  }

  /** Extends the leases that this token holds, to `leaseSeconds` from now. */
  async renew(ids: readonly string[], token: string, leaseSeconds: number): Promise<void> {
    await this.db.query(
      `UPDATE outbox SET lease_until = now() + make_interval(secs => $3) WHERE id = ANY ($1) AND lease_token = $2 AND status = 'leased'`,
      [ids, token, leaseSeconds],
    );
  }

  /** Marks the event as delivered. Returns false if the lease was lost. */
  settle(id: string, token: string): Promise<boolean> {
    return this.#end(id, token, `status = 'done', settled_at = now(), last_error = NULL`);
  }

  /** Schedules the next attempt. Returns false if the lease was lost. */
  scheduleRetry(id: string, token: string, reason: string): Promise<boolean> {
    return this.#end(
      id,
      token,
      `status = 'pending', last_error = $3,
       available_at = ${nextAttemptAt()}`,
      [reason],
    );
  }

  /** Marks the event as dead until it is redriven or skipped. Returns false if the lease was lost. */
  deadLetter(id: string, token: string, reason: string): Promise<boolean> {
    return this.#end(id, token, `status = 'dead', last_error = $3`, [reason]);
  }

  /** Returns unfinished events to the queue. The interrupted attempt does not count. */
  async release(ids: readonly string[], token: string): Promise<void> {
    await this.db.query(
      `UPDATE outbox SET status = 'pending', attempts = attempts - 1, lease_token = NULL, lease_until = NULL
       WHERE id = ANY ($1) AND lease_token = $2 AND status = 'leased'`,
      [ids, token],
    );
  }

  list(query: ListQuery): Promise<Page<DeadEvent>> {
    const events = this.db.repository(OutboxEvent).createQueryBuilder('event').where(`event.status = 'dead'`);
    return listPage(events, query, { createdAt: { property: 'createdAt', kind: 'moment' } });
  }

  redrive(id: string): Promise<boolean> {
    return this.#revive(id, `status = 'pending', attempts = 0, available_at = now()`);
  }

  skip(id: string): Promise<boolean> {
    return this.#revive(id, `status = 'skipped', settled_at = now()`);
  }

  async figures(): Promise<OutboxFigures> {
    const [row] = await this.db.query<OutboxFigures>(
      `SELECT count(*) FILTER (WHERE status <> 'dead')::int AS depth,
         coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status <> 'dead')), 0)::float AS "oldestSeconds",
         count(*) FILTER (WHERE status = 'dead')::int AS dead,
         count(*) FILTER (WHERE attempts > 1 AND status <> 'dead')::int AS redelivered
       FROM outbox WHERE status IN ('pending', 'leased', 'dead')`,
    );
    return row ?? { depth: 0, oldestSeconds: 0, dead: 0, redelivered: 0 };
  }

  /** Deletes up to `limit` events that were settled more than seven days ago and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge('outbox', `status IN ('done', 'skipped') AND settled_at < now() - ${retention}`, limit);

  #lease(condition: string, limit: number, token: string, leaseSeconds: number): Promise<LeasedEvent[]> {
    return this.db.query<LeasedEvent>(
      `WITH leased AS (
         UPDATE outbox SET status = 'leased', lease_until = now() + make_interval(secs => $3), lease_token = $2,
           attempts = attempts + 1
         WHERE id = ANY (ARRAY(SELECT o.id FROM outbox o WHERE ${condition} AND ${isHead}
           ORDER BY o.id LIMIT $1 FOR UPDATE OF o SKIP LOCKED))
         RETURNING *)
       SELECT ${fields} FROM leased ORDER BY leased.id`,
      [limit, token, leaseSeconds],
    );
  }

  async #revive(id: string, changes: string): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE outbox SET ${changes} WHERE event_id = $1 AND status = 'dead' RETURNING 1`,
      [id],
    );
    if (rows.length > 0) this.#wakeAfterCommit();
    return rows.length > 0;
  }

  #wakeAfterCommit(): void {
    this.db.afterCommit(() => {
      this.wakeUps.wake(outboxChannel);
    });
  }

  // Changes the event only if this token still holds its lease. A process that lost the lease must not overwrite the
  // outcome of another process.
  async #end(id: string, token: string, changes: string, values: readonly unknown[] = []): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE outbox SET ${changes}, lease_token = NULL, lease_until = NULL
       WHERE id = $1 AND lease_token = $2 AND status = 'leased' RETURNING 1`,
      [id, token, ...values],
    );
    return rows.length > 0;
  }
}
