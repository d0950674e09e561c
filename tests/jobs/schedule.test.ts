import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { defineJob, type JobDefinition, type Jobs } from '../../src/jobs/jobs.ts';
import { object } from '../../src/core/schema.ts';
import { JobScheduleRepository } from '../../src/jobs/job-schedule.repository.ts';
import { Scheduler } from '../../src/jobs/scheduler.ts';
import { until } from '../helpers/until.ts';
import { gate, openJobBench, type JobBench } from './bench.ts';

const scheduledJob = (name: string, cron: string) =>
  defineJob({ name: `tests.${name}`, schema: object({}), cron });

describe('a scheduler', () => {
  let bench: JobBench;
  const schedulers: Scheduler[] = [];

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => stopAll());
  afterAll(() => bench.close());

  const build = (definitions: readonly JobDefinition[], jobs: Pick<Jobs, 'enqueue'> = bench.jobs) =>
    new Scheduler({
      schedules: new JobScheduleRepository(bench.db),
      jobs,
      transaction: bench.db.transaction,
      logger: bench.logger,
      definitions,
      pollMs: 20,
    });
  const start = (definitions: readonly JobDefinition[], jobs?: Pick<Jobs, 'enqueue'>) => {
    const scheduler = build(definitions, jobs);
    scheduler.start();
    schedulers.push(scheduler);
  };
  const stopAll = async () => {
    await Promise.all(schedulers.splice(0).map((scheduler) => scheduler.stop()));
  };
  /** Returns in how many seconds the job is due, or null if no schedule is stored. */
  const dueIn = async ({ name }: JobDefinition): Promise<number | null> => {
    const [row] = await bench.db.query<{ seconds: number }>(
      'SELECT extract(epoch FROM next_at - now())::float AS seconds FROM job_schedules WHERE name = $1',
      [name],
    );
    return row?.seconds ?? null;
  };
  const makeDue = ({ name }: JobDefinition, ago = '1 second') =>
    bench.db.query(`UPDATE job_schedules SET next_at = now() - $2::interval WHERE name = $1`, [name, ago]);
  const untilKnown = (job: JobDefinition) =>
    until(`${job.name} is known`, async () => (await dueIn(job)) !== null);
  const untilMoved = (job: JobDefinition) =>
    until(`${job.name} has moved on`, async () => ((await dueIn(job)) ?? 0) > 0);
  /**
   * Waits until the scheduler has read all schedules again: a new job with the same schedule must have been enqueued
   * five times.
   */
  const untilLookedAgain = async () => {
    const marker = scheduledJob(`marker${schedulers.length}`, '* * * * *');
    start([marker]);
    await untilKnown(marker);
    for (let round = 0; round < 5; round += 1) {
      await makeDue(marker);
      await untilMoved(marker);
    }
  };

  it('enqueues nothing before the scheduled time', async () => {
    const job = scheduledJob('yearly', '0 0 1 1 *');
    start([job]);
    await untilKnown(job);
    await untilLookedAgain();
    expect(await bench.rows(job)).toEqual([]);
    const next = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1));
    const [row] = await bench.db.query('SELECT next_at AS next FROM job_schedules WHERE name = $1', [
      job.name,
    ]);
    expect(row).toEqual({ next });
  });

  it('enqueues one job per run, however many schedulers there are', async () => {
    const job = scheduledJob('shared', '0 0 1 1 *');
    for (let count = 0; count < 4; count += 1) start([job]);
    await untilKnown(job);
    for (const slot of [1, 2, 3]) {
      await makeDue(job);
      await untilMoved(job);
      await until('the job is there', async () => (await bench.rows(job)).length === slot);
      await bench.db.query(`UPDATE jobs SET status = 'done', finished_at = now() WHERE name = $1`, [
        job.name,
      ]);
    }
    await untilLookedAgain();
    expect(await bench.rows(job)).toHaveLength(3);
  });

  it('skips a schedule that another process has locked', async () => {
    const job = scheduledJob('contested', '0 0 1 1 *');
    const [begun, end] = [gate(), gate()];
    let made = 0;
    const slow: Pick<Jobs, 'enqueue'> = {
      enqueue: async (...args) => {
        made += 1;
        begun.open();
        await end.opened;
        return bench.jobs.enqueue(...args);
      },
    };
    start([job], slow);
    start([job], slow);
    await untilKnown(job);
    await untilLookedAgain();
    await makeDue(job);
    await begun.opened;
    await untilLookedAgain();
    end.open();
    await untilMoved(job);
    await untilLookedAgain();
    expect(made).toBe(1);
    expect(await bench.rows(job)).toHaveLength(1);
  });

  it('makes up for missed runs with one job and continues from now', async () => {
    const job = scheduledJob('missed', '*/10 * * * *');
    start([job]);
    await untilKnown(job);
    await stopAll();
    await makeDue(job, '5 hours');
    start([job]);
    await untilMoved(job);
    await untilLookedAgain();
    expect(await bench.rows(job)).toMatchObject([{ status: 'waiting' }]);
    expect(await dueIn(job)).toBeLessThanOrEqual(600);
  });

  it('enqueues nothing while the previous job waits or runs', async () => {
    const job = scheduledJob('overlapping', '0 0 1 1 *');
    start([job]);
    await untilKnown(job);
    await makeDue(job);
    await untilMoved(job);
    await makeDue(job);
    await untilMoved(job);
    await bench.abandon(job);
    await makeDue(job);
    await untilMoved(job);
    expect(await bench.rows(job)).toMatchObject([{ status: 'running' }]);
  });

  it('advances the schedule and enqueues the job atomically', async () => {
    const job = scheduledJob('atomic', '0 0 1 1 *');
    let failures = 0;
    const failing = {
      enqueue: () => {
        failures += 1;
        return Promise.reject(new Error('no'));
      },
    };
    start([job], failing);
    await untilKnown(job);
    await makeDue(job);
    await until('it has failed twice', () => failures > 1);
    expect(await dueIn(job)).toBeLessThan(0);
    start([job]);
    await untilMoved(job);
    expect(await bench.rows(job)).toHaveLength(1);
  });

  it('adopts a changed schedule, which older processes leave alone', async () => {
    const before = scheduledJob('changed', '0 0 1 1 *');
    const after = scheduledJob('changed', '*/5 * * * *');
    start([before]);
    await untilKnown(before);
    start([after]);
    await until('the new one is followed', async () => {
      const [row] = await bench.db.query<{ cron: string }>('SELECT cron FROM job_schedules WHERE name = $1', [
        after.name,
      ]);
      return row?.cron === after.cron;
    });
    expect(await dueIn(after)).toBeLessThanOrEqual(300);
    await makeDue(after);
    await untilMoved(after);
    expect(await dueIn(after)).toBeLessThanOrEqual(300);
    expect(await bench.rows(after)).toHaveLength(1);
  });

  it.each(['* * * * * *', '61 * * * *', 'soon', '0 0 30 2 *'])('rejects "%s"', (cron) => {
    expect(() => build([scheduledJob('refused', cron)])).toThrow();
  });
});
