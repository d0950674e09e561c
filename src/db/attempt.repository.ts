import type { AttemptPolicy, Attempts } from '../core/ports.ts';
import type { Database } from './database.ts';

// The time after the last attempt until the counter is deleted. After that, a subject starts again with the shortest
// lock.
const retention = "interval '24 hours'";

// In the SQL below, $3 is the limit, $4 the window in seconds, and $5 the lock durations in seconds.
const isWindowOver = `(a.failures >= $3 OR a.window_started_at <= now() - make_interval(secs => $4::int))`;
const counted = `(CASE WHEN ${isWindowOver} THEN 1 ELSE a.failures + 1 END)`;
const earlierLocks = `(CASE WHEN a.updated_at <= now() - ${retention} THEN 0 ELSE a.locks END)`;
const lockEnd = (nth: string): string =>
  `now() + make_interval(secs => ($5::int[])[least(${nth}, cardinality($5::int[]))])`;

/** Counts attempts in PostgreSQL and uses its clock, so that all processes share the counters. */
export class AttemptRepository implements Attempts {
  constructor(private readonly db: Database) {}

  /**
   * Checks the lock and counts the attempt in one statement. Of many concurrent attempts, exactly `limit` are therefore
   * allowed: the last of them sets the lock, and the others are refused. An attempt during a lock changes nothing, so a
   * caller cannot prolong the lock.
   */
  async charge(subject: string, kind: string, policy: AttemptPolicy): Promise<number | null> {
    const [row] = await this.db.query<{ failures: number }>(
      `INSERT INTO attempts AS a (subject, kind, failures, window_started_at, updated_at, locks, locked_until)
       VALUES ($1, $2, 1, now(), now(), ($3::int = 1)::int, CASE WHEN $3 = 1 THEN ${lockEnd('1')} END)
       ON CONFLICT (subject, kind) DO UPDATE SET
         failures = ${counted},
         window_started_at = CASE WHEN ${isWindowOver} THEN now() ELSE a.window_started_at END,
         locks = ${earlierLocks} + (${counted} >= $3)::int,
         locked_until = CASE WHEN ${counted} >= $3 THEN ${lockEnd(`${earlierLocks} + 1`)} END,
         updated_at = now()
       WHERE a.locked_until IS NULL OR a.locked_until <= now()
       RETURNING failures`,
      [subject, kind, policy.limit, policy.windowSeconds, policy.lockSeconds],
    );
    return row?.failures ?? null;
  }

  async clear(subject: string, kind?: string): Promise<void> {
    await this.db.query('DELETE FROM attempts WHERE subject = $1 AND ($2::text IS NULL OR kind = $2)', [
      subject,
      kind ?? null,
    ]);
  }

  /** Deletes up to `limit` expired counters and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge('attempts', `updated_at < now() - ${retention}`, limit);
}
