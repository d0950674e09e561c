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
  /** The pause between looks at the schedules; 1 s unless given. */
  readonly pollMs?: number;
}

interface ScheduledJob {
  readonly name: string;
  readonly cron: string;
  readonly definition: JobDefinition;
  /** The first slot after this moment. */
  nextAfter(moment: Date): Date;
}

// While the job of one slot waits or runs, the next slot makes none: what is late must not pile up.
const uniqueKey = 'schedule';

/**
 * Makes the jobs that run by themselves, at their time. Any number of schedulers may run: one of them makes the job of
 * each slot. Slots that were missed while none ran are made up for with one job.
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

  /** Makes the job with the step to the next slot, or neither. */
  #enqueue(job: ScheduledJob): Promise<void> {
    const { schedules, jobs, transaction } = this.deps;
    return transaction(async () => {
      if (!(await schedules.claim(job))) return;
      await schedules.advanceTo(job, job.nextAfter(await schedules.now()));
      await jobs.enqueue(job.definition, {}, { uniqueKey });
    });
  }
}

/** Throws where the five fields are not right, or name a day that never comes. */
function toScheduled(definition: JobDefinition): ScheduledJob[] {
  const { name, cron } = definition;
  if (cron === undefined) return [];
  const times = new Cron(cron, { timezone: 'UTC', mode: '5-part' });
  const nextAfter = (moment: Date): Date => {
    const next = times.nextRun(moment);
    if (next === null) throw new Error(`"${cron}" of the job "${name}" is never: correct it.`);
    return next;
  };
  nextAfter(new Date());
  return [{ name, cron, definition, nextAfter }];
}
