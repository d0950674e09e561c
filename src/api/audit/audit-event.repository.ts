import { In } from 'typeorm';
import type { Page } from '../../core/pagination.ts';
import { changeAllInBatches, firstUuid } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import type { NewAuditEvent } from './audit-entry.ts';
import { AuditEvent } from './audit-event.model.ts';
import type { ListAuditEventsQuery } from './audit.validation.ts';

const sortColumns: SortColumns = { occurredAt: { property: 'occurredAt', kind: 'moment' } };

const hasOrigin = '(ip IS NOT NULL OR user_agent IS NOT NULL)';

/** A time range from `from` (inclusive) to `to` (exclusive). */
export interface Period {
  readonly from?: Date;
  readonly to?: Date;
}

/**
 * Defines password spraying: failed sign-ins to at least `accountsMin` accounts from one IP address within the
 * window.
 */
export interface SprayingRule {
  readonly failure: string;
  readonly finding: string;
  readonly accountsMin: number;
  readonly windowSeconds: number;
}

/** Queries on `audit_events`. A trigger refuses changes of stored events. */
export class AuditEventRepository {
  constructor(private readonly db: Database) {}

  async insert(event: NewAuditEvent): Promise<void> {
    await this.db.repository(AuditEvent).insert(event);
  }

  list(query: ListAuditEventsQuery, { from, to }: Period): Promise<Page<AuditEvent>> {
    const { type, actorId, subjectId, ip } = query;
    const events = this.db.repository(AuditEvent).createQueryBuilder('event');
    if (type !== undefined) events.andWhere('event.type = :type', { type });
    if (actorId !== undefined) events.andWhere('event.actorId = :actorId', { actorId });
    if (subjectId !== undefined) events.andWhere('event.subjectId = :subjectId', { subjectId });
    if (ip !== undefined) events.andWhere('event.ip = :ip', { ip });
    if (from !== undefined) events.andWhere('event.occurredAt >= :from', { from });
    if (to !== undefined) events.andWhere('event.occurredAt < :to', { to });
    return listPage(events, query, sortColumns);
  }

  /** Returns the newest events in which the user is actor or subject. */
  async findNewestOf(userId: string, limit: number): Promise<AuditEvent[]> {
    // Run one query for each column, because each can use its own index. With OR, PostgreSQL would read and sort all
    // events of the user.
    const newest = (column: string) =>
      `(SELECT id FROM audit_events WHERE ${column} = $1 ORDER BY occurred_at DESC, id DESC LIMIT $2)`;
    const ids = await this.db.query<{ id: string }>(`${newest('subject_id')} UNION ${newest('actor_id')}`, [
      userId,
      limit,
    ]);
    return this.db.repository(AuditEvent).find({
      where: { id: In(ids.map(({ id }) => id)) },
      order: { occurredAt: 'DESC', id: 'DESC' },
      take: limit,
    });
  }

  /** Deletes IP address and user agent from all events in which the user is actor or subject. */
  async eraseOriginsOf(userId: string): Promise<void> {
    await this.db.query(
      `UPDATE audit_events SET ip = NULL, user_agent = NULL WHERE (subject_id = $1 OR actor_id = $1) AND ${hasOrigin}`,
      [userId],
    );
  }

  /** Does the same as `eraseOriginsOf`, in batches. Each batch commits. */
  async eraseOriginsInBatches(userId: string): Promise<void> {
    for (const column of ['subject_id', 'actor_id'])
      await changeAllInBatches<{ occurredAt: Date; id: string }>((last, limit) =>
        this.db.transaction(() =>
          this.db.query(
            `WITH batch AS (
               SELECT id, occurred_at FROM audit_events WHERE ${column} = $1 AND (occurred_at, id) > ($2, $3)
               ORDER BY occurred_at, id LIMIT $4),
             erased AS (
               UPDATE audit_events SET ip = NULL, user_agent = NULL
               WHERE id = ANY (ARRAY(SELECT id FROM batch)) AND ${hasOrigin})
             SELECT occurred_at AS "occurredAt", id FROM batch ORDER BY occurred_at, id`,
            [userId, last?.occurredAt ?? '-infinity', last?.id ?? firstUuid, limit],
          ),
        ),
      );
  }

  /**
   * Stores a finding and returns the number of accounts, if the failed sign-ins from an IP address match the rule and
   * the window has no finding yet. Otherwise returns null. Needs an open transaction: a lock serializes concurrent
   * calls for one address.
   */
  async insertSpraying(id: string, ip: string, rule: SprayingRule): Promise<number | null> {
    await this.db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${rule.finding} ${ip}`]);
    const [row] = await this.db.query<{ accounts: number }>(
      `INSERT INTO audit_events (id, type, ip, details)
       SELECT $1, $3, $2, jsonb_build_object('accounts', count(DISTINCT details->>'account'))
         FROM audit_events
        WHERE ip = $2 AND type = $4 AND occurred_at > now() - make_interval(secs => $6)
          AND NOT EXISTS (SELECT 1 FROM audit_events
            WHERE ip = $2 AND type = $3 AND occurred_at > now() - make_interval(secs => $6))
       HAVING count(DISTINCT details->>'account') >= $5
       RETURNING (details->>'accounts')::int AS accounts`,
      [id, ip, rule.finding, rule.failure, rule.accountsMin, rule.windowSeconds],
    );
    return row?.accounts ?? null;
  }

  /** Deletes up to `limit` events older than `days` and returns the number deleted. */
  purge(limit: number, days: number): Promise<number> {
    return this.db.purge('audit_events', 'occurred_at < now() - make_interval(days => $2)', limit, [days]);
  }
}
