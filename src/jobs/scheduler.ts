import { Cron } from 'croner';
import type { JobDefinition, Jobs } from './jobs.ts';
import type { Logger } from '../core/ports.ts';
import type { Transaction } from '../db/database.ts';
import type { JobScheduleRepository } from './job-schedule.repository.ts';
import { Loop } from '../utils/loop.ts';

interface SchedulerDeps {
  readonly schedules: JobScheduleRepository;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly transaction: Transaction;
  readonly logger: Logger;
  readonly definitions: readonly JobDefinition[];
  /** Pause between reads of the schedules, in milliseconds. 1,000 by default. */
  readonly pollMs?: number;
}

interface ScheduledJob {
  readonly name: string;
  readonly cron: string;
  readonly definition: JobDefinition;
  /** Returns the first run after this time. */
  nextAfter(moment: Date): Date;
}

// The unique key of scheduled jobs. With it, no job is enqueued while its previous run waits or runs, so that late jobs
// do not pile up.
const uniqueKey = 'schedule';

/**
 * Enqueues scheduled jobs when they are due. Any number of schedulers may run, because only one of them enqueues each
 * run. If several runs were missed, one job replaces them.
 */
export class Scheduler {
  readonly #scheduled: readonly ScheduledJob[];
  readonly #loop: Loop;
  #areSchedulesStored = false;

  constructor(private readonly deps: SchedulerDeps) {
    this.#scheduled = deps.definitions.flatMap(toScheduled);
    this.#loop = new Loop({
      round: () => this.#enqueueDue(),
      onFailure: (error) => {
        deps.logger.warn('Enqueuing scheduled jobs failed; retrying in the next round.', { error });
      },
      pollMs: deps.pollMs ?? 1_000,
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #enqueueDue(): Promise<void> {
    if (!this.#areSchedulesStored) await this.#storeSchedules();
    const due = await this.deps.schedules.listDue();
    for (const job of this.#scheduled) if (due.has(job.name)) await this.#enqueue(job);
  }

  async #storeSchedules(): Promise<void> {
    const { schedules } = this.deps;
    const now = await schedules.now();
    for (const job of this.#scheduled) await schedules.set(job, job.nextAfter(now));
    this.#areSchedulesStored = true;
  }

  /** Enqueues the job and advances its schedule in one transaction. */
  #enqueue(job: ScheduledJob): Promise<void> {
    const { schedules, jobs, transaction } = this.deps;
    return transaction(async () => {
      if (!(await schedules.claim(job))) return;
      await schedules.advanceTo(job, job.nextAfter(await schedules.now()));
      await jobs.enqueue(job.definition, {}, { uniqueKey });
    });
  }
}

/** Parses the schedule of a job. Throws if the schedule is invalid or never due. */
function toScheduled(definition: JobDefinition): ScheduledJob[] {
  const { name, cron } = definition;
  if (cron === undefined) return [];
  const times = new Cron(cron, { timezone: 'UTC', mode: '5-part' });
  const nextAfter = (moment: Date): Date => {
    const next = times.nextRun(moment);
    if (next === null) throw new Error(`The schedule "${cron}" of job "${name}" is never due: correct it.`);
    return next;
  };
  nextAfter(new Date());
  return [{ name, cron, definition, nextAfter }];
}
