import { contextOf, runInContext, type WorkContext } from '../core/context.ts';
import { NonRetryableError, type JobDefinition, type JobHandler } from './jobs.ts';
import type { Ids, Logger } from '../core/ports.ts';
import type { FreeSlots, JobRepository, LeasedJob } from './job.repository.ts';
import { LeasedQueue } from './leased-queue.ts';
import { reasonOf } from './reason.ts';

interface JobRunnerDeps {
  readonly jobs: JobRepository;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly handlers: readonly JobHandler[];
  /** Called with the name of each scheduled job that succeeded. */
  readonly beat: (name: string) => Promise<void>;
  readonly settings?: Partial<JobRunnerSettings>;
}

/** Settings of a runner. Each has a default. */
export interface JobRunnerSettings {
  readonly leaseSeconds: number;
  /** How long the runner waits before it reads due jobs again if nothing wakes it, in milliseconds. */
  readonly pollMs: number;
  /** How long `stop` waits for running jobs, in milliseconds. */
  readonly stopMs: number;
  /** A job whose lease has expired twice runs alone for this long, in milliseconds, before the runner claims others. */
  readonly probationMs: number;
}

const defaults: JobRunnerSettings = { leaseSeconds: 15, pollMs: 1_000, stopMs: 8_000, probationMs: 1_000 };

/** The attempt took too long. Transactions that its handler still runs are not committed. */
class JobTimeout extends Error {}

/** This process no longer holds the lease of the job, so it must not store the outcome of the attempt. */
class AttemptLost extends Error {}

/** One attempt at a job in this process. */
interface Attempt {
  readonly job: LeasedJob;
  readonly context: WorkContext;
  readonly end: AbortController;
}

/**
 * Runs jobs, each at least once. Any number of runners may run concurrently. If a runner crashes, the leases of its
 * jobs expire and another runner claims them. A runner claims only jobs that it has a handler for.
 */
export class JobRunner {
  readonly #settings: JobRunnerSettings;
  readonly #handlers: ReadonlyMap<string, JobHandler>;
  readonly #token: string;
  readonly #queue: LeasedQueue<Attempt>;

  constructor(private readonly deps: JobRunnerDeps) {
    this.#settings = { ...defaults, ...deps.settings };
    this.#handlers = new Map(deps.handlers.map((handler) => [handler.definition.name, handler]));
    this.#token = deps.ids.next();
    const { leaseSeconds, pollMs, stopMs } = this.#settings;
    this.#queue = new LeasedQueue({
      claimDue: () => this.#claimDue(),
      onClaimFailure: (error) => {
        deps.logger.warn('Reading due jobs failed; retrying in the next round.', { error });
      },
      pollMs,
      stopMs,
      lease: {
        seconds: leaseSeconds,
        renew: (attempts) => this.#renew(attempts),
        release: (attempts) => this.#release(attempts),
      },
    });
  }

  start(): void {
    this.#queue.start();
  }

  /** Claims due jobs now, without waiting for the next poll. */
  wake(): void {
    this.#queue.wake();
  }

  /** Stops claiming, waits up to `stopMs` for running jobs, and returns the remaining jobs to the queue. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  async #claimDue(): Promise<void> {
    while (!this.#queue.isStopped) {
      if (await this.#claimAbandoned()) continue;
      const claimed = await this.deps.jobs.claim(this.#freeSlots(), this.#token, this.#settings.leaseSeconds);
      for (const job of claimed) void this.#begin(job);
      if (claimed.length === 0) return;
    }
  }

  /** Claims one job whose lease has expired and starts it. Returns false if there is none. */
  async #claimAbandoned(): Promise<boolean> {
    const names = this.#freeSlots().map(({ name }) => name);
    const job = await this.deps.jobs.claimAbandoned(names, this.#token, this.#settings.leaseSeconds);
    if (job === null) return false;
    await this.#queue.probation(this.#begin(job), job.attempts, this.#settings.probationMs);
    return true;
  }

  #freeSlots(): FreeSlots[] {
    const names = this.#queue.items.map(({ job }) => job.name);
    return [...this.#handlers.values()]
      .map(({ definition: { name, concurrency } }) => ({
        name,
        slots: concurrency - names.filter((running) => running === name).length,
      }))
      .filter(({ slots }) => slots > 0);
  }

  async #begin(job: LeasedJob): Promise<void> {
    const attempt = { job, context: contextOf(job.headers, job.id), end: new AbortController() };
    await this.#queue.begin(attempt, this.#execute(attempt));
    // Look for more jobs, because one more may run now.
    this.wake();
  }

  async #execute(attempt: Attempt): Promise<void> {
    const { jobs, logger, beat } = this.deps;
    const { job } = attempt;
    const facts = { event: 'job.attempt', jobId: job.id, name: job.name, attempts: job.attempts };
    try {
      const handler = this.#handlers.get(job.name);
      if (handler === undefined) throw new Error('A job without a handler was claimed.');
      const { definition } = handler;
      const failure =
        job.attempts > definition.maxAttempts ? poisonMessage : await this.#runHandler(attempt, handler);
      if (failure === null) {
        if ((await jobs.complete(job)) && definition.cron !== undefined) await beat(definition.name);
      } else if (failure instanceof AttemptLost) {
        logger.warn('A job attempt was interrupted; the job will run again.', { ...facts, error: failure });
      } else await this.#fail(job, definition, failure, facts);
    } catch (error) {
      // Only log the error. The lease will expire, and another process will claim the job.
      logger.warn('Storing the outcome of a job failed; the job will run again.', { ...facts, error });
    }
  }

  async #fail(job: LeasedJob, definition: JobDefinition, failure: unknown, facts: object): Promise<void> {
    const { jobs, logger } = this.deps;
    const reason = reasonOf(failure);
    if (failure instanceof NonRetryableError || job.attempts >= definition.maxAttempts) {
      if (await jobs.deadLetter(job, reason))
        logger.error('A job is dead and will not run again until it is retried.', {
          ...facts,
          error: failure,
        });
    } else if (await jobs.scheduleRetry(job, reason, definition.maxBackoffSeconds)) {
      logger.warn('A job failed and will be retried.', { ...facts, error: failure });
    }
  }

  /** Runs the handler until it ends, times out or loses the lease. Returns the error, or null on success. */
  async #runHandler(attempt: Attempt, handler: JobHandler): Promise<unknown> {
    const { job, context, end } = attempt;
    const { definition } = handler;
    const { timeoutSeconds } = definition;
    const timer = setTimeout(() => {
      endAttempt(attempt, new JobTimeout(`Timed out after ${timeoutSeconds} seconds.`));
    }, timeoutSeconds * 1_000);
    const ended = new Promise<unknown>((resolve) => {
      end.signal.addEventListener('abort', () => {
        resolve(end.signal.reason);
      });
    });
    const handled = runInContext(context, async () => {
      definition.assert(job.payload);
      await handler.handle({
        id: job.id,
        payload: job.payload,
        attempt: job.attempts,
        signal: end.signal,
        progress: (percent) => this.deps.jobs.progress(job, percent),
      });
    }).then(
      () => null,
      (error: unknown) => error ?? new Error('The handler rejected without an error.'),
    );
    const failure = await Promise.race([handled, ended]);
    clearTimeout(timer);
    return failure;
  }

  async #renew(attempts: readonly Attempt[]): Promise<void> {
    try {
      const held = await this.deps.jobs.renew(idsOf(attempts), this.#token, this.#settings.leaseSeconds);
      for (const attempt of attempts)
        if (!held.has(attempt.job.id)) endAttempt(attempt, new AttemptLost('The lease was lost.'));
    } catch (error) {
      this.deps.logger.warn('Renewing leases failed; jobs may run twice.', { error });
    }
  }

  async #release(attempts: readonly Attempt[]): Promise<void> {
    for (const attempt of attempts) endAttempt(attempt, new AttemptLost('The process is shutting down.'));
    await this.deps.jobs.release(idsOf(attempts), this.#token);
  }
}

/**
 * The reason for a job that is not run again. Every process that claimed it crashed, so it is probably a poison
 * message.
 */
const poisonMessage = new Error('Every process that claimed this job crashed.');

/** Aborts the handler. Transactions that the handler still runs are not committed. */
function endAttempt({ context, end }: Attempt, reason: Error): void {
  context.isExpired = true;
  end.abort(reason);
}

const idsOf = (attempts: readonly Attempt[]): string[] => attempts.map(({ job }) => job.id);
