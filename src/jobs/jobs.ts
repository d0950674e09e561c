import type { ListQuery, Page } from '../core/pagination.ts';
import { issueIn, type Infer, type Schema } from '../core/schema.ts';

interface JobSpec<S extends Schema> {
  /** In the imperative, such as `housekeeping.purge`; must not change while jobs of it wait. */
  readonly name: string;
  readonly schema: S;
  /** How often it is tried before it is dead; 12 unless given. */
  readonly maxAttempts?: number;
  /** The longest pause before it is tried again; 900 unless given. For what waits on somebody who is soon back. */
  readonly maxBackoffSeconds?: number;
  /** How long one attempt may take; 60 unless given. */
  readonly timeoutSeconds?: number;
  /** How many of it run at the same time in one process; 5 unless given. */
  readonly concurrency?: number;
  /**
   * When it is to be run by itself, as five fields in UTC; its payload is then `{}`. While one waits or runs, no other is
   * made; what was missed while no worker ran is made up for once.
   */
  readonly cron?: string;
}

/** A kind of work that is done outside of requests, as data. */
export interface JobDefinition<Payload = unknown> {
  readonly name: string;
  readonly maxAttempts: number;
  readonly maxBackoffSeconds: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  readonly cron: string | undefined;
  /** Throws unless this is such a payload. */
  assert(payload: unknown): void;
  /** Never there: ties the type of the payload to the definition. */
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
    if (issue !== null) throw new Error(`A payload of the job "${name}" is not of its schema: ${issue}`);
  },
});

/** One attempt at a job. */
export interface JobRun<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the attempt is out of time, its lease is lost, or the process stops: what runs then will be tried again. */
  readonly signal: AbortSignal;
  /**
   * Notes how far it is, from 0 to 100; stored at once, in the open transaction where there is one. Throws when the job
   * is somebody else's by now: a transaction with this in it is not committed by two.
   */
  progress(percent: number): Promise<void>;
}

/** What is done about a job. Not in a transaction: it may call others, and must bear being repeated. */
export interface JobHandler {
  readonly definition: JobDefinition;
  handle(run: JobRun<unknown>): Promise<void>;
}

/** Declares what is done about a job. */
export const handle = <Payload>(
  definition: JobDefinition<Payload>,
  work: (run: JobRun<Payload>) => Promise<void>,
): JobHandler => ({
  definition,
  // `enqueue` holds each payload against this very definition.
  handle: (run) => work(run as JobRun<Payload>),
});

/** Refuses two jobs of one name, and one that is to run by itself and cannot do with `{}`. */
export function assertJobsFit(handlers: readonly JobHandler[]): void {
  const seen = new Set<string>();
  for (const { definition } of handlers) {
    if (seen.has(definition.name)) throw new Error(`Two jobs are called "${definition.name}": rename one.`);
    seen.add(definition.name);
    if (definition.cron !== undefined) definition.assert({});
  }
}

/** Thrown by a handler when trying again is of no use: the job is dead at once. */
export class NonRetryableError extends Error {}

export interface EnqueueOptions {
  readonly delaySeconds?: number;
  /** The lower, the sooner; 0 unless given. */
  readonly priority?: number;
  /** While a job of the same name and key waits or runs, no second one is made. */
  readonly uniqueKey?: string;
}

/** `dead` was tried too often, and waits for somebody to have it tried again. */
export const jobStatuses = ['waiting', 'running', 'done', 'dead'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** Which jobs are meant. */
export interface JobFilters {
  readonly status?: JobStatus;
  readonly name?: string;
}

/** How a job is getting on. */
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

/** Work for later. */
export interface Jobs {
  /**
   * Stores a job in the open transaction, with it or not at all, or by itself where none is open; gives its id, or that of
   * the job that holds the unique key. Throws for a payload that is not of its schema.
   */
  enqueue<Payload>(
    definition: JobDefinition<Payload>,
    payload: NoInfer<Payload>,
    options?: EnqueueOptions,
  ): Promise<string>;
  find(id: string): Promise<JobState | null>;
  list(query: ListQuery & JobFilters): Promise<Page<JobState>>;
  /** Has a dead job tried again as if it were new; false when there is no such dead job. */
  retry(id: string): Promise<boolean>;
}
