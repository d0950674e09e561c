import type { Quota } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
import type { ApiKey } from './api-key.model.ts';

interface CountedRow {
  readonly period: 'minute' | 'day';
  /** False if the use was rejected: by this quota or, in the row `day`, by the minute quota. */
  readonly isCounted: boolean;
  readonly count: number;
  readonly resetSeconds: number;
}

const isOver = (period: string): string => `u.window_started_at <= now() - interval '1 ${period}'`;

// Returns SQL that counts one use. If the quota is exhausted, the SQL changes nothing and returns no row.
const count = (period: string, limit: string, from: string): string =>
  `INSERT INTO api_key_usage AS u (key_id, period, window_started_at, count)
   SELECT $1::uuid, '${period}', now(), 1 ${from}
   ON CONFLICT (key_id, period) DO UPDATE SET
     count = CASE WHEN ${isOver(period)} THEN 1 ELSE u.count + 1 END,
     window_started_at = CASE WHEN ${isOver(period)} THEN now() ELSE u.window_started_at END
   WHERE ${isOver(period)} OR u.count < ${limit}
   RETURNING u.period, u.window_started_at, u.count`;

/** Counts the uses of keys in PostgreSQL, so that all processes share the counters and the clock. */
export class UsageRepository {
  constructor(private readonly db: Database) {}

  /**
   * Counts one use and returns the state of both quotas. Uses a single statement, so that concurrent requests cannot
   * exceed the quotas. A use that the minute quota rejects does not count against the day quota. Also updates the time
   * of last use, at most once per minute.
   */
  async charge(apiKey: Pick<ApiKey, 'id' | 'quotaPerMinute' | 'quotaPerDay'>, ip: string): Promise<Quota[]> {
    const { id, quotaPerMinute, quotaPerDay } = apiKey;
    const rows = await this.db.query<CountedRow>(
      `WITH minute AS (${count('minute', '$2', '')}),
         day AS (${count('day', '$3', 'FROM minute')}),
         used AS (
           UPDATE api_keys SET last_used_at = now(), last_used_ip = $4
           WHERE id = $1 AND EXISTS (SELECT FROM day)
             AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')),
         counted AS (SELECT * FROM minute UNION ALL SELECT * FROM day)
       SELECT period.name AS period, counted.count IS NOT NULL AS "isCounted",
         coalesce(counted.count, CASE WHEN NOT (seen.window_started_at + period.length <= now()) THEN seen.count END, 0) AS count,
         greatest(1, ceil(extract(epoch FROM
           coalesce(counted.window_started_at, seen.window_started_at, now()) + period.length - now())))::int AS "resetSeconds"
       FROM (VALUES ('minute', interval '1 minute'), ('day', interval '1 day')) AS period (name, length)
       LEFT JOIN counted ON counted.period = period.name
       LEFT JOIN api_key_usage AS seen ON seen.key_id = $1 AND seen.period = period.name
       ORDER BY period.length`,
      [id, quotaPerMinute, quotaPerDay, ip],
    );
    const isCounted = (period: string) => rows.some((row) => row.period === period && row.isCounted);
    const exceeded = isCounted('minute') ? 'day' : 'minute';
    const limits = {
      minute: { limit: quotaPerMinute, windowSeconds: 60 },
      day: { limit: quotaPerDay, windowSeconds: 86_400 },
    };
    return rows.map((row) => ({
      name: `key-${row.period}`,
      ...limits[row.period],
      remaining:
        !row.isCounted && row.period === exceeded ? -1 : Math.max(0, limits[row.period].limit - row.count),
      resetSeconds: row.resetSeconds,
    }));
  }

  /** Deletes up to `limit` counters whose window has ended and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('api_key_usage', "window_started_at < now() - interval '1 day'", limit);
  }
}
