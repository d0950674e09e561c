import type { ListQuery, Page } from '../core/pagination.ts';
import { issueIn, type Infer, type Schema } from '../core/schema.ts';

interface JobSpec<S extends Schema> {
  /** The name, in the imperative, such as `housekeeping.purge`. Do not change it while jobs of this name wait. */
  readonly name: string;
  readonly schema: S;
  /** Number of attempts after which the job is dead. 12 by default. */
  readonly maxAttempts?: number;
  /**
   * Maximum delay before a retry, in seconds. 900 by default. Set a lower value if the job calls a service whose
   * outages are short.
   */
  readonly maxBackoffSeconds?: number;
  /** Time limit of one attempt, in seconds. 60 by default. */
  readonly timeoutSeconds?: number;
  /** How many jobs of this name run at the same time in one process. 5 by default. */
  readonly concurrency?: number;
  /**
   * Cron schedule with five fields, in UTC. The payload of a scheduled job is `{}`. No job is enqueued while the
   * previous run waits or runs. If several runs were missed, one job replaces them.
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
  /** Exists only for TypeScript: it carries the payload type. */
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
  /**
   * Aborted when the attempt times out, when its lease is lost, or when the process stops. After that, the job is
   * retried.
   */
  readonly signal: AbortSignal;
  /**
   * Stores the progress in percent (0 to 100), in the open transaction if there is one. Throws if another process holds
   * the job. If each attempt stores its progress in its transaction, only one of two concurrent attempts can commit.
   */
  progress(percent: number): Promise<void>;
}

/**
 * Handles a job. The function must be idempotent, because a job may run more than once. It runs outside a transaction,
 * so it may call other services.
 */
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
  // `handle` receives payloads of this type, because `enqueue` validates each payload against this definition.
  handle: work,
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
  /** The priority. Jobs with lower values run first. 0 by default. */
  readonly priority?: number;
  /** A key of the job. While a job with the same name and key waits or runs, no second one is created. */
  readonly uniqueKey?: string;
}

/** Statuses of a job. A `dead` job failed too often and does not run until it is retried. */
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
   * Stores a job, in the open transaction if there is one, and returns its id. If another job holds the unique key,
   * returns the id of that job. Throws if the payload does not match its schema.
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
