import type { ListQuery, Page } from '../core/pagination.ts';
import { issueIn, type Infer, type Schema } from '../core/schema.ts';

interface JobSpec<S extends Schema> {
  /** Imperative, such as `housekeeping.purge`. Must not change while jobs of this name wait. */
  readonly name: string;
  readonly schema: S;
  /** Attempts before the job is dead; 12 by default. */
  readonly maxAttempts?: number;
  /** Maximum delay before a retry; 900 by default. Lower it for work that depends on a service with short outages. */
  readonly maxBackoffSeconds?: number;
  /** Timeout of one attempt; 60 by default. */
  readonly timeoutSeconds?: number;
  /** How many run concurrently in one process; 5 by default. */
  readonly concurrency?: number;
  /**
   * Cron schedule with five fields, in UTC. The payload is then `{}`. No job is enqueued while the previous one waits
   * or runs. Missed runs are made up for with one job.
   */
  readonly cron?: string;
}

/** A type of background job. */
export interface JobDefinition<Payload = unknown> {
  readonly name: string;
  readonly maxAttempts: number;
  readonly maxBackoffSeconds: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  readonly cron: string | undefined;
  /** Throws if the payload does not match the schema. */
  assert(payload: unknown): void;
  /** Type-level only: carries the payload type. */
  readonly payload?: Payload;
}

/** Declares a job. */
export const defineJob = <const S extends Schema>({
  name,
  schema,
  maxAttempts = 12,
  maxBackoffSeconds = 900,
  timeoutSeconds = 60,
  concurrency = 5,
  cron,
}: JobSpec<S>): JobDefinition<Infer<S>> => ({
  name,
  maxAttempts,
  maxBackoffSeconds,
  timeoutSeconds,
  concurrency,
  cron,
  assert: (payload) => {
    const issue = issueIn(schema, payload);
    if (issue !== null) throw new Error(`The payload of job "${name}" does not match its schema: ${issue}`);
  },
});

/** One attempt at a job. */
export interface JobRun<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  /** Aborted when the attempt times out, its lease is lost or the process stops; the job is then retried. */
  readonly signal: AbortSignal;
  /**
   * Stores the progress, 0 to 100, in the open transaction if there is one. Throws if another process holds the job,
   * so that two attempts cannot both commit a transaction that calls this.
   */
  progress(percent: number): Promise<void>;
}

/** Handles a job. Must be idempotent. Runs outside a transaction, so that it may call other services. */
export interface JobHandler {
  readonly definition: JobDefinition;
  handle(run: JobRun<unknown>): Promise<void>;
}

/** Declares the handler of a job. */
export const handle = <Payload>(
  definition: JobDefinition<Payload>,
  work: (run: JobRun<Payload>) => Promise<void>,
): JobHandler => ({
  definition,
  // `enqueue` validates each payload against this definition.
  handle: (run) => work(run as JobRun<Payload>),
});

/** Throws if two jobs share a name, or if the schema of a scheduled job rejects `{}`. */
export function assertJobsFit(handlers: readonly JobHandler[]): void {
  const seen = new Set<string>();
  for (const { definition } of handlers) {
    if (seen.has(definition.name)) throw new Error(`Two jobs are named "${definition.name}": rename one.`);
    seen.add(definition.name);
    if (definition.cron !== undefined) definition.assert({});
  }
}

/** Thrown by a handler to fail a job without retrying it. */
export class NonRetryableError extends Error {}

export interface EnqueueOptions {
  readonly delaySeconds?: number;
  /** Lower values run first; 0 by default. */
  readonly priority?: number;
  /** No second job is created while one of the same name and key waits or runs. */
  readonly uniqueKey?: string;
}

/** Statuses of a job. `dead`: it failed too often and stays so until it is retried. */
export const jobStatuses = ['waiting', 'running', 'done', 'dead'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** Filters for a list of jobs. */
export interface JobFilters {
  readonly status?: JobStatus;
  readonly name?: string;
}

/** Status and progress of a job. */
export interface JobState {
  readonly id: string;
  readonly name: string;
  readonly status: JobStatus;
  readonly progress: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Enqueues and manages jobs. */
export interface Jobs {
  /**
   * Stores a job, in the open transaction if there is one. Returns its id, or the id of the job that holds the unique
   * key. Throws if the payload does not match its schema.
   */
  enqueue<Payload>(
    definition: JobDefinition<Payload>,
    payload: NoInfer<Payload>,
    options?: EnqueueOptions,
  ): Promise<string>;
  find(id: string): Promise<JobState | null>;
  list(query: ListQuery & JobFilters): Promise<Page<JobState>>;
  /** Resets a dead job so that it runs again. Returns false if there is no such dead job. */
  retry(id: string): Promise<boolean>;
}
