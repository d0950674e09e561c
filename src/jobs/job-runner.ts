import { setTimeout as sleep } from 'node:timers/promises';
import { contextOf, runInContext, type WorkContext } from '../core/context.ts';
import { NonRetryableError, type JobDefinition, type JobHandler } from './jobs.ts';
import type { Ids, Logger } from '../core/ports.ts';
import type { FreeSlots, JobRepository, LeasedJob } from './job.repository.ts';
import { Loop } from '../utils/loop.ts';
import { LeasedWork } from './leased-work.ts';
import { reasonOf } from './reason.ts';

interface JobRunnerDeps {
  readonly jobs: JobRepository;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly handlers: readonly JobHandler[];
  /** Told of each scheduled job that has succeeded. */
  readonly beat: (name: string) => Promise<void>;
  readonly settings?: Partial<JobRunnerSettings>;
}

/** How a runner works; each has a default. */
export interface JobRunnerSettings {
  readonly leaseSeconds: number;
  /** The pause between looks at the jobs when nothing wakes it. */
  readonly pollMs: number;
  /** How long what was begun may take once it is to stop. */
  readonly stopMs: number;
  /** For how long nothing else is begun beside a job that some process left behind. */
  readonly probationMs: number;
}

const defaults: JobRunnerSettings = { leaseSeconds: 15, pollMs: 1_000, stopMs: 8_000, probationMs: 1_000 };

/** The attempt took longer than it may. What its handler still does will not be committed. */
class JobTimeout extends Error {}

/** The attempt is no longer ours, so that what became of it is not ours to say. */
class AttemptLost extends Error {}

/** One attempt at a job in this process. */
interface Attempt {
  readonly job: LeasedJob;
  readonly context: WorkContext;
  readonly end: AbortController;
}

/**
 * Carries out jobs, each at least once. Any number of runners may run; what one has taken and not ended by the end of
 * its lease is taken by another. Jobs that it has no handler for are left to processes that have one.
 */
export class JobRunner {
  readonly #settings: JobRunnerSettings;
  readonly #handlers: ReadonlyMap<string, JobHandler>;
  readonly #token: string;
  readonly #inFlight: LeasedWork<Attempt>;
  readonly #loop: Loop;

  constructor(private readonly deps: JobRunnerDeps) {
    this.#settings = { ...defaults, ...deps.settings };
    this.#handlers = new Map(deps.handlers.map((handler) => [handler.definition.name, handler]));
    this.#token = deps.ids.next();
    const { leaseSeconds, pollMs, stopMs } = this.#settings;
    this.#inFlight = new LeasedWork({
      renew: (attempts) => this.#renew(attempts),
      release: (attempts) => this.#release(attempts),
      renewMs: (leaseSeconds * 1_000) / 3,
      stopMs,
    });
    this.#loop = new Loop({
      round: () => this.#claimDue(),
      onFailure: (error) => {
        deps.logger.warn('The jobs could not be read; the next round tries again.', { error });
      },
      pollMs,
    });
  }

  start(): void {
    this.#inFlight.start();
    this.#loop.start();
  }

  /** Looks for jobs now, and not at the end of the pause. */
  wake(): void {
    this.#loop.wake();
  }

  /** Takes nothing more, waits some seconds for what was begun, and gives back what has not ended by then. */
  stop(): Promise<void> {
    return this.#inFlight.stop(this.#loop.stop());
  }

  async #claimDue(): Promise<void> {
    while (!this.#loop.isStopped) {
      if (await this.#claimAbandoned()) continue;
      const claimed = await this.deps.jobs.claim(this.#freeSlots(), this.#token, this.#settings.leaseSeconds);
      for (const job of claimed) void this.#begin(job);
      if (claimed.length === 0) return;
    }
  }

  /**
   * Takes one job that some process left behind; false when there is none. Should it be what killed that process, it does
   * so soon and again by itself, so that no other job uses up its attempts beside it.
   */
  async #claimAbandoned(): Promise<boolean> {
    const names = this.#freeSlots().map(({ name }) => name);
    const job = await this.deps.jobs.claimAbandoned(names, this.#token, this.#settings.leaseSeconds);
    if (job === null) return false;
    // Once may be chance, and many wait when a busy process dies; the second time it is looked at alone.
    if (job.attempts <= 2) {
      void this.#begin(job);
      return true;
    }
    const probation = new AbortController();
    const isOver = sleep(this.#settings.probationMs, undefined, { signal: probation.signal }).catch(
      () => undefined,
    );
    await Promise.race([this.#begin(job), isOver]);
    probation.abort();
    return true;
  }

  #freeSlots(): FreeSlots[] {
    const names = this.#inFlight.items.map(({ job }) => job.name);
    return [...this.#handlers.values()]
      .map(({ definition: { name, concurrency } }) => ({
        name,
        slots: concurrency - names.filter((taken) => taken === name).length,
      }))
      .filter(({ slots }) => slots > 0);
  }

  async #begin(job: LeasedJob): Promise<void> {
    const attempt = { job, context: contextOf(job.headers, job.id), end: new AbortController() };
    await this.#inFlight.begin(attempt, this.#execute(attempt));
    // Its slot is free from now on.
    this.wake();
  }

  async #execute(attempt: Attempt): Promise<void> {
    const { jobs, logger, beat } = this.deps;
    const { job } = attempt;
    const facts = { event: 'job.attempt', jobId: job.id, name: job.name, attempts: job.attempts };
    try {
      const handler = this.#handlers.get(job.name);
      if (handler === undefined) throw new Error('Only jobs that have a handler are taken.');
      const { definition } = handler;
      const failure =
        job.attempts > definition.maxAttempts ? poisonMessage : await this.#runHandler(attempt, handler);
      if (failure === null) {
        if ((await jobs.complete(job)) && definition.cron !== undefined) await beat(definition.name);
      } else if (failure instanceof AttemptLost) {
        logger.warn('A job was left before its end; it is repeated.', { ...facts, error: failure });
      } else await this.#fail(job, definition, failure, facts);
    } catch (error) {
      // The lease ends by itself, and another takes it up.
      logger.warn('What became of a job could not be stored; it will be repeated.', { ...facts, error });
    }
  }

  async #fail(job: LeasedJob, definition: JobDefinition, failure: unknown, facts: object): Promise<void> {
    const { jobs, logger } = this.deps;
    const reason = reasonOf(failure);
    if (failure instanceof NonRetryableError || job.attempts >= definition.maxAttempts) {
      if (await jobs.deadLetter(job, reason))
        logger.error('A job is dead: it waits for somebody to have it tried again.', {
          ...facts,
          error: failure,
        });
    } else if (await jobs.scheduleRetry(job, reason, definition.maxBackoffSeconds)) {
      logger.warn('A job failed; it will be tried again.', { ...facts, error: failure });
    }
  }

  /** Lets the handler try, until it ends or its attempt does; gives what went wrong, or null. */
  async #runHandler(attempt: Attempt, handler: JobHandler): Promise<unknown> {
    const { job, context, end } = attempt;
    const { definition } = handler;
    const { timeoutSeconds } = definition;
    const timer = setTimeout(() => {
      endAttempt(attempt, new JobTimeout(`Not done within ${timeoutSeconds} seconds.`));
    }, timeoutSeconds * 1_000);
    const ended = new Promise<unknown>((resolve) => {
      end.signal.addEventListener('abort', () => {
        resolve(end.signal.reason);
      });
    });
    const tried = runInContext(context, async () => {
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
      (error: unknown) => error ?? new Error('The handler threw nothing.'),
    );
    const failure = await Promise.race([tried, ended]);
    clearTimeout(timer);
    return failure;
  }

  async #renew(attempts: readonly Attempt[]): Promise<void> {
    try {
      const held = await this.deps.jobs.renew(idsOf(attempts), this.#token, this.#settings.leaseSeconds);
      for (const attempt of attempts)
        if (!held.has(attempt.job.id)) endAttempt(attempt, new AttemptLost('The lease has ended.'));
    } catch (error) {
      this.deps.logger.warn('Leases could not be renewed; the jobs may be repeated.', { error });
    }
  }

  async #release(attempts: readonly Attempt[]): Promise<void> {
    for (const attempt of attempts) endAttempt(attempt, new AttemptLost('The process stops.'));
    await this.deps.jobs.release(idsOf(attempts), this.#token);
  }
}

/** Taken up so often without a word of what became of it that it must be what ends its processes. */
const poisonMessage = new Error('Each process that took this job up has died.');

/** From now on nothing of it is committed, and its handler is told to end. */
function endAttempt({ context, end }: Attempt, reason: Error): void {
  context.isExpired = true;
  end.abort(reason);
}

const idsOf = (attempts: readonly Attempt[]): string[] => attempts.map(({ job }) => job.id);
