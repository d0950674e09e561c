import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { currentContext, runInContext, type WorkContext } from '../../src/core/context.ts';
import { NonRetryableError } from '../../src/jobs/jobs.ts';
import { until } from '../helpers/until.ts';
import { countingHandler, countJob, gate, openJobBench, type JobBench } from './bench.ts';

describe('a job', () => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => bench.stopRunners());
  afterAll(() => bench.close());

  const messages = (level: string) =>
    bench.logger.lines.filter((line) => line.level === level).map(({ message }) => message);

  it('runs once, in one of several runners', async () => {
    const job = countJob('done');
    const handlers = [countingHandler(job), countingHandler(job), countingHandler(job)];
    for (const handler of handlers) bench.startRunner([handler]);
    await bench.db.transaction(async () => {
      for (let n = 0; n < 30; n += 1) await bench.jobs.enqueue(job, { n });
    });
    await until('all are done', async () =>
      (await bench.rows(job)).every(({ status, isLeased }) => status === 'done' && !isLeased),
    );
    const seen = handlers.flatMap((handler) => handler.seen).sort((a, b) => a - b);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(await bench.rows(job)).toContainEqual(expect.objectContaining({ attempts: 1, progress: 100 }));
  });

  it('is retried with growing delays', async () => {
    const job = countJob('retried');
    const attempts: number[] = [];
    const handler = countingHandler(job, async ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 4) throw new Error(`no ${attempt}`);
    });
    await bench.jobs.enqueue(job, { n: 1 });
    for (const failed of [1, 2, 3]) {
      // Run the runner for one attempt only. Otherwise it might start the next attempt, after a random delay, before
      // the test reads the row.
      const runner = bench.startRunner([handler], { pollMs: 600_000 });
      await until(`it failed ${failed} times`, async () => {
        const [row] = await bench.rows(job);
        return row?.status === 'waiting' && row.attempts === failed;
      });
      await runner.stop();
      const [row] = await bench.rows(job);
      expect(row).toMatchObject({ lastError: `Error: no ${failed}`, isLeased: false });
      expect(row?.dueSeconds).toBeLessThanOrEqual(2 ** failed);
      await bench.makeAllDue();
    }
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'done');
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(await bench.rows(job)).toMatchObject([{ lastError: null }]);
  });

  it('is retried within maxBackoffSeconds', async () => {
    const job = countJob('impatient', { maxAttempts: 100, maxBackoffSeconds: 2 });
    const id = await bench.jobs.enqueue(job, { n: 1 });
    // Start with 39 attempts: with the default limit, the delay after the 40th could be 15 minutes.
    await bench.db.query(`UPDATE jobs SET attempts = 39 WHERE id = $1`, [id]);
    bench.startRunner([countingHandler(job, () => Promise.reject(new Error('away')))]);
    await until('it failed', async () => (await bench.rows(job))[0]?.lastError === 'Error: away');
    expect((await bench.rows(job))[0]?.dueSeconds).toBeLessThanOrEqual(2);
  });

  it('doubles the random delay each time, up to the maximum', async () => {
    const job = countJob('spread');
    for (const [attempts, maxBackoffSeconds, longest] of [
      [5, 900, 32],
      [40, 900, 900],
      [40, 20, 20],
    ] as const) {
      const waits: number[] = [];
      for (let round = 0; round < 40; round += 1) {
        await bench.jobs.enqueue(job, { n: 1 });
        await bench.db.query(`UPDATE jobs SET attempts = $2 WHERE name = $1`, [job.name, attempts - 1]);
        const [taken] = await bench.jobs.claim([{ name: job.name, slots: 1 }], crypto.randomUUID(), 15);
        if (taken === undefined) throw new Error('No job was taken.');
        await bench.jobs.scheduleRetry(taken, 'no', maxBackoffSeconds);
        waits.push((await bench.rows(job))[0]?.dueSeconds ?? 0);
        await bench.db.query('DELETE FROM jobs WHERE name = $1', [job.name]);
      }
      expect(Math.max(...waits)).toBeLessThanOrEqual(longest);
      // Expect delays in both halves of the range. All 40 random delays are in the same half less than once in 10^11
      // runs.
      expect(Math.max(...waits)).toBeGreaterThan(longest / 2);
      expect(Math.min(...waits)).toBeLessThan(longest / 2);
    }
  });

  it('is dead after maxAttempts', async () => {
    const job = countJob('dead', { maxAttempts: 2 });
    const handler = countingHandler(job, () => Promise.reject(new Error('never')));
    await bench.jobs.enqueue(job, { n: 1 });
    bench.startRunner([handler]);
    await until('it failed once', async () => (await bench.rows(job))[0]?.lastError !== null);
    await bench.makeAllDue();
    await bench.untilStatuses(job, 'dead');
    expect(handler.seen).toHaveLength(2);
    expect(await bench.rows(job)).toMatchObject([{ attempts: 2, lastError: 'Error: never' }]);
    expect(messages('error')).toContain('A job is dead and will not run again until it is retried.');
  });

  it('is dead immediately after a NonRetryableError', async () => {
    const job = countJob('non-retryable');
    await bench.jobs.enqueue(job, { n: 1 });
    bench.startRunner([
      countingHandler(job, () => Promise.reject(new NonRetryableError('There is no such file.'))),
    ]);
    await bench.untilStatuses(job, 'dead');
    expect(await bench.rows(job)).toMatchObject([
      { attempts: 1, lastError: expect.stringContaining('There is no such file.') },
    ]);
  });

  it('is aborted and retried after a timeout, and commits nothing more', async () => {
    const [job, unhurried] = [countJob('slow', { timeoutSeconds: 0.1 }), countJob('slow')];
    const { opened, open } = gate();
    const signals: AbortSignal[] = [];
    let late: Promise<unknown> | undefined;
    const work = async ({ signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      if (signals.length > 1) return;
      late = opened.then(() => bench.db.transaction(() => bench.jobs.enqueue(job, { n: 9 })));
      late.catch(() => undefined);
      await late;
    };
    await bench.jobs.enqueue(job, { n: 1 });
    const runner = bench.startRunner([countingHandler(job, work)], { pollMs: 600_000 });
    await until('it failed', async () => (await bench.rows(job))[0]?.lastError !== null);
    await runner.stop();
    expect(signals[0]?.aborted).toBe(true);
    expect(await bench.rows(job)).toMatchObject([
      { status: 'waiting', attempts: 1, lastError: expect.stringContaining('Timed out after 0.1 seconds.') },
    ]);
    open();
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await bench.makeAllDue();
    bench.startRunner([countingHandler(unhurried, work)]);
    await bench.untilStatuses(job, 'done');
    expect(signals[1]?.aborted).toBe(false);
  });

  it('reports its progress while it runs', async () => {
    const job = countJob('progress');
    const { opened, open } = gate();
    const handler = countingHandler(job, async ({ progress }) => {
      await progress(41.6);
      await opened;
    });
    const id = await bench.jobs.enqueue(job, { n: 1 });
    bench.startRunner([handler]);
    await until('it is under way', async () => (await bench.jobs.find(id))?.progress === 42);
    expect(await bench.jobs.find(id)).toMatchObject({ status: 'running' });
    open();
    await bench.untilStatuses(job, 'done');
    expect(await bench.jobs.find(id)).toMatchObject({ progress: 100, finishedAt: expect.any(Date) });
  });

  it('stores progress in the open transaction', async () => {
    const job = countJob('with');
    const handler = countingHandler(job, async ({ progress }) => {
      await bench.db.transaction(async () => {
        await progress(50);
        throw new NonRetryableError('Undone.');
      });
    });
    await bench.jobs.enqueue(job, { n: 1 });
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'dead');
    expect(await bench.rows(job)).toMatchObject([{ progress: 0 }]);
  });

  it('respects the concurrency of its name without blocking other names', async () => {
    const [job, other] = [countJob('narrow', { concurrency: 2 }), countJob('wide')];
    const { opened, open } = gate();
    let running = 0;
    let most = 0;
    const handler = countingHandler(job, async () => {
      running += 1;
      most = Math.max(most, running);
      await opened;
      running -= 1;
    });
    for (let n = 0; n < 6; n += 1) await bench.jobs.enqueue(job, { n });
    bench.startRunner([handler, countingHandler(other)]);
    await until('two run', () => running === 2);
    await bench.jobs.enqueue(other, { n: 1 });
    await bench.untilStatuses(other, 'done');
    expect(handler.seen).toHaveLength(2);
    open();
    await bench.untilStatuses(job, 'done', 'done', 'done', 'done', 'done', 'done');
    expect(most).toBe(2);
  });

  it('is left to other processes if it has no handler here', async () => {
    const [known, unknown] = [countJob('known'), countJob('unknown')];
    await bench.jobs.enqueue(unknown, { n: 1 });
    await bench.jobs.enqueue(unknown, { n: 2 });
    await bench.abandon(unknown);
    await bench.jobs.enqueue(known, { n: 1 });
    bench.startRunner([countingHandler(known)]);
    await bench.untilStatuses(known, 'done');
    expect(await bench.rows(unknown)).toMatchObject([
      { status: 'running', attempts: 1 },
      { status: 'waiting', attempts: 0 },
    ]);
    bench.startRunner([countingHandler(unknown)]);
    await bench.untilStatuses(unknown, 'done', 'done');
  });

  it('runs in the context of its caller, or in its own', async () => {
    const job = countJob('context', { concurrency: 1 });
    const contexts: (WorkContext | undefined)[] = [];
    const handler = countingHandler(job, async () => {
      contexts.push(currentContext());
    });
    const context = { ip: '192.0.2.1', userAgent: 'x', language: null, isExpired: false };
    await runInContext({ ...context, requestId: 'r1', traceId: 't1', userId: 'u1' }, () =>
      bench.jobs.enqueue(job, { n: 1 }),
    );
    const id = await bench.jobs.enqueue(job, { n: 2 });
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'done', 'done');
    expect(contexts).toMatchObject([
      { requestId: 'r1', traceId: 't1', userId: 'u1', ip: null, userAgent: null },
      { requestId: id, ip: null },
    ]);
  });

  it('fails before the handler if its payload no longer matches the schema', async () => {
    const job = countJob('outdated', { maxAttempts: 1 });
    await bench.jobs.enqueue(job, { n: 1 });
    await bench.db.query(`UPDATE jobs SET payload = '{"m": 1}' WHERE name = $1`, [job.name]);
    const handler = countingHandler(job);
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'dead');
    expect(handler.seen).toEqual([]);
    expect(await bench.rows(job)).toMatchObject([
      { lastError: expect.stringContaining('does not match its schema') },
    ]);
  });
});
