import { currentHeaders, type WorkHeaders } from '../core/context.ts';
import type { EnqueueOptions, JobDefinition, JobFilters, Jobs, JobState } from './jobs.ts';
import type { ListQuery, Page } from '../core/pagination.ts';
import type { Ids, WakeUpChannel, WakeUps } from '../core/ports.ts';
import type { Database } from '../db/database.ts';
import { nextAttemptAt } from './backoff.ts';
import { Job } from './job.model.ts';
import { listPage } from '../db/listing.ts';

/** A job that the holder of `token` may run until the lease ends. */
export interface LeasedJob {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly headers: WorkHeaders;
  readonly token: string;
  /** Includes the current attempt. */
  readonly attempts: number;
}

/** How many more jobs of this name may be claimed. */
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
  /** How long the oldest waiting job has been due. */
  readonly oldestSeconds: number;
}

/** Thrown if the lease of an attempt has ended or was released. */
export class LeaseLost extends Error {}

/** Channel woken after each commit that makes a job due. */
export const jobsChannel = 'strata_jobs' satisfies WakeUpChannel;

const doneRetention = "interval '7 days'";
const deadRetention = "interval '90 days'";
const leasedFields = 'id, name, payload, headers, lease_token AS token, attempts';
const stateFields = `id, name, status, progress, attempts, last_error AS "lastError", created_at AS "createdAt",
  finished_at AS "finishedAt"`;
const lease = `status = 'running', lease_until = now() + make_interval(secs => $3), lease_token = $2,
  attempts = attempts + 1`;
const noLease = 'lease_token = NULL, lease_until = NULL';

/** Queries on `jobs`. Uses the database's clock, so that all processes agree. */
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
    // A conflict on the unique key updates that row all the same: the lock keeps a waiting job from starting before
    // this transaction ends, so that it sees the change.
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

  /** Claims due jobs, up to the free slots of each name. Jobs whose lease expired are not included. */
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

  /** Claims one job of these names whose lease has expired. One at a time: it may have crashed its process. */
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

  /** Extends the leases of this token by `leaseSeconds`. Returns the ids of the jobs it still holds. */
  async renew(ids: readonly string[], token: string, leaseSeconds: number): Promise<Set<string>> {
    // Skips rows that a handler has locked by storing progress: one long transaction must not cost the other leases.
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
   * Stores the progress of an attempt. Throws `LeaseLost` if another process holds the job, which rolls the
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

  /** Releases unfinished jobs without counting the attempt. */
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

  /** Resets a dead job. Returns false if there is none; fails if another job holds its unique key. */
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

  // Fenced by lease token and attempt: a process that lost its lease must not overwrite a later outcome.
  async #change(job: LeasedJob, changes: string, values: readonly unknown[] = []): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE jobs SET ${changes} WHERE id = $1 AND lease_token = $2 AND attempts = $3 AND status = 'running' RETURNING 1`,
      [job.id, job.token, job.attempts, ...values],
    );
    return rows.length > 0;
  }
}
