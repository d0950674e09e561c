import { currentHeaders, type WorkHeaders } from '../core/context.ts';
import type { EnqueueOptions, JobDefinition, JobFilters, Jobs, JobState } from './jobs.ts';
import type { ListQuery, Page } from '../core/pagination.ts';
import type { Ids, WakeUpChannel, WakeUps } from '../core/ports.ts';
import type { Database } from '../db/database.ts';
import { nextAttemptAt } from './backoff.ts';
import { Job } from './job.model.ts';
import { listPage } from '../db/listing.ts';

/** A job that this process may run until the lease ends. `token` identifies the process. */
export interface LeasedJob {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly headers: WorkHeaders;
  readonly token: string;
  /** The number of attempts, including the current one. */
  readonly attempts: number;
}

/** How many more jobs of one name this process may run. */
export interface FreeSlots {
  readonly name: string;
  readonly slots: number;
}

/** Metrics of the jobs of one name. */
export interface JobFigures {
  readonly name: string;
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  /** How many seconds ago the oldest waiting job became due. */
  readonly oldestSeconds: number;
}

/** Thrown if this process no longer holds the lease of a job. */
export class LeaseLost extends Error {}

/** Notification channel for workers. It is used after each commit that makes a job due. */
export const jobsChannel = 'strata_jobs' satisfies WakeUpChannel;

const doneRetention = "interval '7 days'";
const deadRetention = "interval '90 days'";
const leasedFields = 'id, name, payload, headers, lease_token AS token, attempts';
const stateFields = `id, name, status, progress, attempts, last_error AS "lastError", created_at AS "createdAt",
  finished_at AS "finishedAt"`;
const lease = `status = 'running', lease_until = now() + make_interval(secs => $3), lease_token = $2,
  attempts = attempts + 1`;
const noLease = 'lease_token = NULL, lease_until = NULL';

/** Queries on `jobs`. They use the database's clock, so that all processes agree on the time. */
export class JobRepository implements Jobs {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly wakeUps: WakeUps,
  ) {}

  async enqueue<Payload>(
    definition: JobDefinition<Payload>,
    payload: NoInfer<Payload>,
    { delaySeconds = 0, priority = 0, uniqueKey }: EnqueueOptions = {},
  ): Promise<string> {
    const { name } = definition;
    definition.assert(payload);
    // Update an existing row with the unique key too, because that locks it. A waiting job then starts only after this
    // transaction ends, and sees its changes.
    const [row] = await this.db.transaction(() => {
      if (delaySeconds === 0) this.#wakeAfterCommit();
      return this.db.query<{ id: string }>(
        `INSERT INTO jobs (id, name, payload, headers, priority, unique_key, available_at)
         VALUES ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now()) + make_interval(secs => $7))
         ON CONFLICT (name, unique_key) WHERE status IN ('waiting', 'running') AND unique_key IS NOT NULL
           DO UPDATE SET unique_key = excluded.unique_key
         RETURNING id`,
        [
          this.ids.next(),
          name,
          JSON.stringify(payload),
          currentHeaders(),
          priority,
          uniqueKey ?? null,
          delaySeconds,
        ],
      );
    });
    if (row === undefined) throw new Error(`The job "${name}" was not stored.`);
    return row.id;
  }

  async find(id: string): Promise<JobState | null> {
    const [row] = await this.db.query<JobState>(`SELECT ${stateFields} FROM jobs WHERE id = $1`, [id]);
    return row ?? null;
  }

  /**
   * Claims due jobs. Claims at most as many of each name as the name has free slots. Ignores jobs whose lease has
   * expired.
   */
  async claim(free: readonly FreeSlots[], token: string, leaseSeconds: number): Promise<LeasedJob[]> {
    if (free.length === 0) return [];
    return this.db.query<LeasedJob>(
      `WITH leased AS (
         UPDATE jobs SET ${lease} WHERE id = ANY (ARRAY(
           SELECT due.id FROM unnest($1::text[], $4::int[]) AS free (name, slots) CROSS JOIN LATERAL (
             SELECT j.id FROM jobs j WHERE j.name = free.name AND j.status = 'waiting' AND j.available_at <= now()
             ORDER BY j.priority, j.available_at, j.id LIMIT free.slots FOR UPDATE SKIP LOCKED) AS due))
         RETURNING *)
       SELECT ${leasedFields} FROM leased ORDER BY priority, available_at, id`,
      [free.map(({ name }) => name), token, leaseSeconds, free.map(({ slots }) => slots)],
    );
  }

  /**
   * Claims one job with one of these names whose lease has expired. Claims only one, because this job may have crashed
   * the previous process.
   */
  async claimAbandoned(
    names: readonly string[],
    token: string,
    leaseSeconds: number,
  ): Promise<LeasedJob | null> {
    if (names.length === 0) return null;
    const [job] = await this.db.query<LeasedJob>(
      `UPDATE jobs SET ${lease} WHERE id = (
         SELECT id FROM jobs WHERE status = 'running' AND lease_until < now() AND name = ANY ($1)
         ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${leasedFields}`,
      [names, token, leaseSeconds],
    );
    return job ?? null;
  }

  /**
   * Extends the leases that this token holds, to `leaseSeconds` from now. Returns the ids of the jobs whose leases the
   * token still holds.
   */
  async renew(ids: readonly string[], token: string, leaseSeconds: number): Promise<Set<string>> {
    // Skip locked rows. A handler that stores progress locks the row of its job. If the renewal waited for one long
    // transaction, the leases of all other jobs would expire.
    const rows = await this.db.query<{ id: string }>(
      `WITH renewed AS (
         UPDATE jobs SET lease_until = now() + make_interval(secs => $3) WHERE id = ANY (ARRAY(
           SELECT id FROM jobs WHERE id = ANY ($1) AND lease_token = $2 AND status = 'running'
           FOR UPDATE SKIP LOCKED)))
       SELECT id FROM jobs WHERE id = ANY ($1) AND lease_token = $2 AND status = 'running'`,
      [ids, token, leaseSeconds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Stores the progress of an attempt. If another process holds the job, throws `LeaseLost`, which rolls the open
   * transaction back.
   */
  async progress(job: LeasedJob, percent: number): Promise<void> {
    if (!(await this.#change(job, 'progress = $4', [Math.round(percent)])))
      throw new LeaseLost('Another process has claimed this job.');
  }

  /** Marks the job as done. Returns false if the lease was lost. */
  complete(job: LeasedJob): Promise<boolean> {
    return this.#change(
      job,
      `status = 'done', finished_at = now(), progress = 100, last_error = NULL, ${noLease}`,
    );
  }

  /** Schedules the next attempt, at most `maxBackoffSeconds` from now. Returns false if the lease was lost. */
  scheduleRetry(job: LeasedJob, reason: string, maxBackoffSeconds: number): Promise<boolean> {
    return this.#change(
      job,
      `status = 'waiting', last_error = $4, ${noLease},
       available_at = ${nextAttemptAt({ maxSeconds: '$5' })}`,
      [reason, maxBackoffSeconds],
    );
  }

  /** Marks the job as dead until it is retried. Returns false if the lease was lost. */
  deadLetter(job: LeasedJob, reason: string): Promise<boolean> {
    return this.#change(job, `status = 'dead', finished_at = now(), last_error = $4, ${noLease}`, [reason]);
  }

  /** Returns unfinished jobs to the queue. The interrupted attempt does not count. */
  async release(ids: readonly string[], token: string): Promise<void> {
    await this.db.query(
      `UPDATE jobs SET status = 'waiting', attempts = attempts - 1, ${noLease}
       WHERE id = ANY ($1) AND lease_token = $2 AND status = 'running'`,
      [ids, token],
    );
  }

  figures(): Promise<JobFigures[]> {
    return this.db.query<JobFigures>(
      `SELECT name, count(*) FILTER (WHERE status = 'waiting')::int AS waiting,
         count(*) FILTER (WHERE status = 'running')::int AS running, count(*) FILTER (WHERE status = 'dead')::int AS dead,
         greatest(coalesce(extract(epoch FROM now() - min(available_at) FILTER (WHERE status = 'waiting')), 0), 0)::float
           AS "oldestSeconds"
       FROM jobs WHERE status IN ('waiting', 'running', 'dead') GROUP BY name ORDER BY name`,
    );
  }

  list(query: ListQuery & JobFilters): Promise<Page<JobState>> {
    const { status, name } = query;
    const jobs = this.db.repository(Job).createQueryBuilder('job');
    if (status !== undefined) jobs.andWhere('job.status = :status', { status });
    if (name !== undefined) jobs.andWhere('job.name = :name', { name });
    return listPage(jobs, query, { createdAt: { property: 'createdAt', kind: 'moment' } });
  }

  /**
   * Makes a dead job run again. Returns false if there is no such dead job. Fails if another job holds its unique key.
   */
  async retry(id: string): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE jobs SET status = 'waiting', attempts = 0, progress = 0, available_at = now(), finished_at = NULL
       WHERE id = $1 AND status = 'dead' RETURNING 1`,
      [id],
    );
    if (rows.length > 0) this.#wakeAfterCommit();
    return rows.length > 0;
  }

  /** Deletes up to `limit` jobs that were done for 7 days or dead for 90, and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge(
      'jobs',
      `status IN ('done', 'dead') AND finished_at < now() - ${doneRetention}
       AND (status = 'done' OR finished_at < now() - ${deadRetention})`,
      limit,
    );

  #wakeAfterCommit(): void {
    this.db.afterCommit(() => {
      this.wakeUps.wake(jobsChannel);
    });
  }

  // Changes the job only if this token still holds the lease of the same attempt. A process that lost the lease must
  // not overwrite a later outcome.
  async #change(job: LeasedJob, changes: string, values: readonly unknown[] = []): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE jobs SET ${changes} WHERE id = $1 AND lease_token = $2 AND attempts = $3 AND status = 'running' RETURNING 1`,
      [job.id, job.token, job.attempts, ...values],
    );
    return rows.length > 0;
  }
}
