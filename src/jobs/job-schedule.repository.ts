import type { Database } from '../db/database.ts';

/** When a job is to be made by itself. */
export interface Schedule {
  readonly name: string;
  readonly cron: string;
}

/** When the jobs that run by themselves are due next. The database's clock decides, so that all processes agree. */
export class JobScheduleRepository {
  constructor(private readonly db: Database) {}

  async now(): Promise<Date> {
    const [row] = await this.db.query<{ now: Date }>('SELECT now()');
    if (row === undefined) throw new Error('The database returned no time.');
    return row.now;
  }

  /** Notes when a job is due first; a schedule that is the same as before stays where it is. */
  async set({ name, cron }: Schedule, nextAt: Date): Promise<void> {
    await this.db.query(
      `INSERT INTO job_schedules AS s (name, cron, next_at) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, next_at = excluded.next_at WHERE s.cron <> excluded.cron`,
      [name, cron, nextAt],
    );
  }

  /** The names of those that are due, whether or not another process sees to them just now. */
  async listDue(): Promise<Set<string>> {
    const rows = await this.db.query<{ name: string }>(
      'SELECT name FROM job_schedules WHERE next_at <= now()',
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** Holds a schedule until the open transaction ends; false unless it is due and nobody else holds it. */
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
