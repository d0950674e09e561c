import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { until } from '../helpers/until.ts';
import { countingHandler, countJob, gate, openJobBench, type JobBench } from './bench.ts';

describe('the lease of a job', () => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => bench.stopRunners());
  afterAll(() => bench.close());

  const endLeases = (name: string) =>
    bench.db.query(`UPDATE jobs SET lease_until = now() - interval '1 second' WHERE name = $1`, [name]);

  it('is taken over after the holder crashed', async () => {
    const job = countJob('abandoned');
    await bench.jobs.enqueue(job, { n: 1 });
    await bench.abandon(job);
    const handler = countingHandler(job);
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'done');
    expect(handler.seen).toEqual([1]);
    expect(await bench.rows(job)).toMatchObject([{ attempts: 2 }]);
  });

  it('is renewed while the job runs', async () => {
    const job = countJob('long');
    const { opened, open } = gate();
    const handler = countingHandler(job, () => opened);
    await bench.jobs.enqueue(job, { n: 1 });
    // Use a lease of nine seconds: it is renewed every three seconds, so even a slow machine has six seconds left.
    bench.startRunner([handler], { leaseSeconds: 9 });
    await until('it runs', () => handler.seen.length === 1);
    bench.startRunner([handler]);
    const leaseEnd = async () => {
      const [row] = await bench.db.query<{ until: Date }>(
        'SELECT lease_until AS until FROM jobs WHERE name = $1',
        [job.name],
      );
      return row?.until.getTime() ?? 0;
    };
    const first = await leaseEnd();
    await until('it has been renewed', async () => (await leaseEnd()) > first);
    open();
    await bench.untilStatuses(job, 'done');
    expect(handler.seen).toEqual([1]);
  });

  it('survives a handler that locks the row by storing progress', async () => {
    const job = countJob('holding', { concurrency: 2 });
    await bench.jobs.enqueue(job, { n: 1 });
    await bench.jobs.enqueue(job, { n: 2 });
    const token = randomUUID();
    const [held, free] = await bench.jobs.claim([{ name: job.name, slots: 2 }], token, 15);
    if (held === undefined || free === undefined) throw new Error('Two jobs should have been taken.');
    await bench.db.query(`UPDATE jobs SET lease_until = now() + interval '1 second' WHERE name = $1`, [
      job.name,
    ]);
    const { opened, open } = gate();
    const holding = gate();
    const transaction = bench.db.transaction(async () => {
      await bench.jobs.progress(held, 50);
      holding.open();
      await opened;
    });
    await holding.opened;
    const own = await bench.jobs.renew([held.id, free.id], token, 600);
    open();
    await transaction;
    expect([...own].sort()).toEqual([held.id, free.id].sort());
    const rows = await bench.db.query<{ isRenewed: boolean }>(
      `SELECT lease_until > now() + interval '300 seconds' AS "isRenewed" FROM jobs WHERE name = $1 ORDER BY id`,
      [job.name],
    );
    expect(rows.map(({ isRenewed }) => isRenewed)).toEqual([false, true]);
  });

  it('prevents the previous holder from storing an outcome', async () => {
    const job = countJob('zombie');
    await bench.jobs.enqueue(job, { n: 1 });
    const [zombie] = await bench.jobs.claim([{ name: job.name, slots: 1 }], randomUUID(), -1);
    const taken = await bench.jobs.claimAbandoned([job.name], randomUUID(), 15);
    if (zombie === undefined || taken === null) throw new Error('The job should have been taken twice.');
    expect(await bench.jobs.complete(zombie)).toBe(false);
    expect(await bench.jobs.scheduleRetry(zombie, 'no', 900)).toBe(false);
    expect(await bench.jobs.deadLetter(zombie, 'no')).toBe(false);
    await bench.jobs.release([zombie.id], zombie.token);
    await expect(bench.jobs.progress(zombie, 50)).rejects.toThrow('Another process has claimed this job.');
    expect([...(await bench.jobs.renew([zombie.id], zombie.token, 600))]).toEqual([]);
    expect(await bench.rows(job)).toMatchObject([
      { status: 'running', attempts: 2, progress: 0, lastError: null, isLeased: true },
    ]);
    expect(await bench.jobs.complete(taken)).toBe(true);
  });

  it('prevents an earlier attempt of the same process from storing an outcome', async () => {
    const job = countJob('earlier');
    const token = randomUUID();
    await bench.jobs.enqueue(job, { n: 1 });
    const [earlier] = await bench.jobs.claim([{ name: job.name, slots: 1 }], token, -1);
    const later = await bench.jobs.claimAbandoned([job.name], token, 15);
    if (earlier === undefined || later === null) throw new Error('The job should have been taken twice.');
    expect(await bench.jobs.complete(earlier)).toBe(false);
    expect(await bench.jobs.complete(later)).toBe(true);
  });

  it('aborts the handler when it is lost, and commits nothing', async () => {
    const job = countJob('lost');
    const { opened, open } = gate();
    const [first, second] = [gate(), gate()];
    const signals: AbortSignal[] = [];
    let late: Promise<unknown> | undefined;
    const stopped = countingHandler(job, async ({ signal }) => {
      signals.push(signal);
      signal.addEventListener('abort', first.open);
      late = opened.then(() => bench.db.transaction(() => bench.jobs.enqueue(job, { n: 9 })));
      late.catch(() => undefined);
      await late;
    });
    await bench.jobs.enqueue(job, { n: 1 });
    // Let this runner poll only once, like a process that is suspended for a while.
    bench.startRunner([stopped], { leaseSeconds: 1, pollMs: 600_000 });
    await until('it runs', () => signals.length === 1);
    await bench.db.query('UPDATE jobs SET lease_token = $2 WHERE name = $1', [job.name, randomUUID()]);
    await endLeases(job.name);
    const other = countingHandler(job, () => second.opened);
    bench.startRunner([other]);
    await first.opened;
    open();
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    second.open();
    await bench.untilStatuses(job, 'done');
    expect(other.seen).toEqual([1]);
  });

  it('marks the job as dead after every holder crashed', async () => {
    const job = countJob('killer', { maxAttempts: 3 });
    await bench.jobs.enqueue(job, { n: 1 });
    await bench.abandon(job);
    await bench.jobs.claimAbandoned([job.name], randomUUID(), -1);
    await bench.jobs.claimAbandoned([job.name], randomUUID(), -1);
    const handler = countingHandler(job);
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'dead');
    expect(handler.seen).toEqual([]);
    expect(await bench.rows(job)).toMatchObject([
      { lastError: 'Error: Every process that claimed this job crashed.' },
    ]);
  });

  it('puts a job on probation after two crashes and starts no other job meanwhile', async () => {
    const [suspect, other] = [countJob('suspect'), countJob('bystander')];
    for (const n of [1, 2]) {
      await bench.jobs.enqueue(suspect, { n });
      await bench.abandon(suspect);
    }
    for (let job = 0; job < 2; job += 1) await bench.jobs.claimAbandoned([suspect.name], randomUUID(), -1);
    await bench.jobs.enqueue(other, { n: 1 });
    const { opened, open } = gate();
    const [handler, bystander] = [countingHandler(suspect, () => opened), countingHandler(other)];
    bench.startRunner([handler, bystander], { probationMs: 600_000 });
    await until('the first is under way', () => handler.seen.length > 0);
    // Run some queries, so that a faulty runner has the time to claim the other job.
    for (let look = 0; look < 20; look += 1) await bench.jobs.figures();
    expect([handler.seen, bystander.seen]).toEqual([[1], []]);
    open();
    await bench.untilStatuses(suspect, 'done', 'done');
    await bench.untilStatuses(other, 'done');
    expect(handler.seen).toEqual([1, 2]);
  });

  it('does not delay other jobs beyond the probation', async () => {
    const [suspect, other] = [countJob('endless'), countJob('patient')];
    await bench.jobs.enqueue(suspect, { n: 1 });
    await bench.abandon(suspect);
    await bench.jobs.enqueue(other, { n: 1 });
    const { opened, open } = gate();
    bench.startRunner([countingHandler(suspect, () => opened), countingHandler(other)], { probationMs: 50 });
    await bench.untilStatuses(other, 'done');
    expect(await bench.rows(suspect)).toMatchObject([{ status: 'running' }]);
    open();
    await bench.untilStatuses(suspect, 'done');
  });
});

describe('a stopping runner', () => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => bench.stopRunners());
  afterAll(() => bench.close());

  it('finishes running jobs and claims nothing more', async () => {
    const job = countJob('ending', { concurrency: 1 });
    const { opened, open } = gate();
    const handler = countingHandler(job, () => opened);
    await bench.jobs.enqueue(job, { n: 1 });
    await bench.jobs.enqueue(job, { n: 2 });
    const runner = bench.startRunner([handler], { stopMs: 10_000 });
    await until('one runs', () => handler.seen.length === 1);
    const stopped = runner.stop();
    // Run some queries, so that a faulty runner has the time to release or claim a job.
    for (let look = 0; look < 20; look += 1) await bench.jobs.figures();
    expect((await bench.rows(job)).map(({ status }) => status)).toEqual(['running', 'waiting']);
    open();
    await stopped;
    expect((await bench.rows(job)).map(({ status }) => status)).toEqual(['done', 'waiting']);
  });

  it('releases unfinished jobs without counting the attempt, and aborts their handlers', async () => {
    const job = countJob('given');
    const signals: AbortSignal[] = [];
    const { opened, open } = gate();
    const handler = countingHandler(job, async ({ signal }) => {
      signals.push(signal);
      if (signals.length === 1) await opened;
    });
    await bench.jobs.enqueue(job, { n: 1 });
    const runner = bench.startRunner([handler], { stopMs: 20 });
    await until('it runs', () => signals.length === 1);
    await runner.stop();
    expect(signals[0]?.aborted).toBe(true);
    expect(await bench.rows(job)).toMatchObject([{ status: 'waiting', attempts: 0, isLeased: false }]);
    open();
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'done');
    expect(await bench.rows(job)).toMatchObject([{ attempts: 1, lastError: null }]);
  });
});
