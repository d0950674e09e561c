import type { Database } from '../db/database.ts';

/** The schedule of a job. */
export interface Schedule {
  readonly name: string;
  readonly cron: string;
}

/** Queries on `job_schedules`. They use the database's clock, so that all processes agree on the time. */
export class JobScheduleRepository {
  constructor(private readonly db: Database) {}

  async now(): Promise<Date> {
    const [row] = await this.db.query<{ now: Date }>('SELECT now()');
    if (row === undefined) throw new Error('The database returned no time.');
    return row.now;
  }

  /** Stores the first run of a job. Does nothing if the same cron schedule is already stored. */
  async set({ name, cron }: Schedule, nextAt: Date): Promise<void> {
    await this.db.query(
      `INSERT INTO job_schedules AS s (name, cron, next_at) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, next_at = excluded.next_at WHERE s.cron <> excluded.cron`,
      [name, cron, nextAt],
    );
  }

  /** Returns the names of due jobs, including those that another process has locked. */
  async listDue(): Promise<Set<string>> {
    const rows = await this.db.query<{ name: string }>(
      'SELECT name FROM job_schedules WHERE next_at <= now()',
    );
    return new Set(rows.map(({ name }) => name));
  }

  /**
   * Locks a due schedule until the open transaction ends. Returns false if the schedule is not due, or if another
   * process has locked it.
   */
  async claim({ name, cron }: Schedule): Promise<boolean> {
    const rows = await this.db.query(
      `SELECT 1 FROM job_schedules WHERE name = $1 AND cron = $2 AND next_at <= now() FOR UPDATE SKIP LOCKED`,
      [name, cron],
    );
    return rows.length > 0;
  }

  async advanceTo({ name }: Schedule, nextAt: Date): Promise<void> {
    await this.db.query('UPDATE job_schedules SET next_at = $2 WHERE name = $1', [name, nextAt]);
  }
}
