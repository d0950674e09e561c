import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { runInContext } from '../../src/core/context.ts';
import { until } from '../helpers/until.ts';
import { countingHandler, countJob, openJobBench, type JobBench } from './bench.ts';

describe('enqueue', () => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => bench.stopRunners());
  afterAll(() => bench.close());

  it('stores the job in the open transaction', async () => {
    const job = countJob('with');
    await bench.db.transaction(async () => {
      await bench.jobs.enqueue(job, { n: 1 });
      expect(await bench.rows(job)).toHaveLength(1);
    });
    expect(await bench.rows(job)).toMatchObject([{ status: 'waiting', attempts: 0, progress: 0 }]);
  });

  it('stores nothing if the transaction rolls back', async () => {
    const job = countJob('without');
    const failing = bench.db.transaction(async () => {
      await bench.jobs.enqueue(job, { n: 1 });
      throw new Error('No after all.');
    });
    await expect(failing).rejects.toThrow('No after all.');
    expect(await bench.rows(job)).toEqual([]);
  });

  it('is invisible to runners until the transaction commits', async () => {
    const [job, marker] = [countJob('unseen'), countJob('marker')];
    const [handler, markerHandler] = [countingHandler(job), countingHandler(marker)];
    bench.startRunner([handler, markerHandler]);
    await bench.db.transaction(async () => {
      await bench.jobs.enqueue(job, { n: 1 });
      const other = new pg.Client({ connectionString: bench.databaseUrl });
      await other.connect();
      await other.query(`INSERT INTO jobs (id, name, payload, headers) VALUES ($1, $2, '{"n": 2}', '{}')`, [
        randomUUID(),
        marker.name,
      ]);
      await other.end();
      // Wait for the marker. The runner claims due jobs of both names together, so the other job was not due.
      await until('the marker is done', () => markerHandler.seen.length > 0);
      expect(handler.seen).toEqual([]);
    });
    await bench.untilStatuses(job, 'done');
    expect(handler.seen).toEqual([1]);
  });

  it('wakes the runners after the commit, unless the job is delayed', async () => {
    const job = countJob('woken');
    const before = bench.woken.length;
    await bench.jobs.enqueue(job, { n: 1 }, { delaySeconds: 3_600 });
    expect(bench.woken).toHaveLength(before);
    await bench.db.transaction(async () => {
      await bench.jobs.enqueue(job, { n: 2 });
      expect(bench.woken).toHaveLength(before);
    });
    expect(bench.woken.slice(before)).toEqual(['strata_jobs']);
  });

  it('rejects a payload that does not match the schema', async () => {
    const job = countJob('wrong');
    const wrong = bench.jobs.enqueue(job, { n: 'one' } as never);
    await expect(wrong).rejects.toThrow('The payload of job "tests.wrong" does not match its schema');
    expect(await bench.rows(job)).toEqual([]);
  });

  it('delays a job by delaySeconds', async () => {
    const job = countJob('later');
    const handler = countingHandler(job);
    await bench.jobs.enqueue(job, { n: 1 }, { delaySeconds: 3_600 });
    await bench.jobs.enqueue(job, { n: 2 });
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'waiting', 'done');
    expect(handler.seen).toEqual([2]);
    const [later] = await bench.rows(job);
    expect(later?.dueSeconds).toBeGreaterThan(3_000);
    await bench.makeAllDue();
    await bench.untilStatuses(job, 'done', 'done');
  });

  it('orders jobs by priority, then by due time', async () => {
    const job = countJob('urgent', { concurrency: 1 });
    await bench.jobs.enqueue(job, { n: 3 }, { priority: 1 });
    await bench.jobs.enqueue(job, { n: 4 }, { priority: 1 });
    await bench.jobs.enqueue(job, { n: 2 });
    await bench.jobs.enqueue(job, { n: 1 }, { priority: -1 });
    const handler = countingHandler(job);
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'done', 'done', 'done', 'done');
    expect(handler.seen).toEqual([1, 2, 3, 4]);
  });

  it('stores the correlation id and the actor', async () => {
    const job = countJob('traced');
    const context = { ip: null, userAgent: null, language: null, isExpired: false };
    await runInContext({ ...context, requestId: 'r1', traceId: 't1', userId: 'u1' }, () =>
      bench.jobs.enqueue(job, { n: 1 }),
    );
    await bench.jobs.enqueue(job, { n: 2 });
    const rows = await bench.db.query('SELECT headers FROM jobs WHERE name = $1 ORDER BY id', [job.name]);
    expect(rows).toEqual([{ headers: { requestId: 'r1', traceId: 't1', actorId: 'u1' } }, { headers: {} }]);
  });
});

describe('a unique key', () => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => bench.stopRunners());
  afterAll(() => bench.close());

  it('creates one job for concurrent calls and returns its id to all', async () => {
    const job = countJob('once');
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, n) => bench.jobs.enqueue(job, { n }, { uniqueKey: 'k' })),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await bench.rows(job)).toMatchObject([{ id: ids[0] }]);
  });

  it('applies per job name and is free again once the job has ended', async () => {
    const [job, other] = [countJob('again'), countJob('other')];
    const first = await bench.jobs.enqueue(job, { n: 1 }, { uniqueKey: 'k' });
    expect(await bench.jobs.enqueue(other, { n: 1 }, { uniqueKey: 'k' })).not.toBe(first);
    expect(await bench.jobs.enqueue(job, { n: 1 }, { uniqueKey: 'l' })).not.toBe(first);
    bench.startRunner([countingHandler(job)]);
    await bench.untilStatuses(job, 'done', 'done');
    expect(await bench.jobs.enqueue(job, { n: 2 }, { uniqueKey: 'k' })).not.toBe(first);
  });

  it('is held by a running job', async () => {
    const job = countJob('held');
    const first = await bench.jobs.enqueue(job, { n: 1 }, { uniqueKey: 'k' });
    await bench.abandon(job);
    expect(await bench.jobs.enqueue(job, { n: 2 }, { uniqueKey: 'k' })).toBe(first);
    expect(await bench.rows(job)).toMatchObject([{ status: 'running' }]);
  });

  it('delays a waiting job until the transaction that enqueued it again has ended', async () => {
    const job = countJob('sees');
    await bench.jobs.enqueue(job, { n: 1 }, { uniqueKey: 'k' });
    await bench.db.transaction(async () => {
      await bench.jobs.enqueue(job, { n: 2 }, { uniqueKey: 'k' });
      const other = new pg.Client({ connectionString: bench.databaseUrl });
      await other.connect();
      const { rows } = await other.query('SELECT 1 FROM jobs WHERE name = $1 FOR UPDATE SKIP LOCKED', [
        job.name,
      ]);
      await other.end();
      expect(rows).toEqual([]);
    });
    const taken = await bench.jobs.claim([{ name: job.name, slots: 5 }], randomUUID(), 15);
    expect(taken).toMatchObject([{ payload: { n: 1 } }]);
  });
});

describe('JobRepository', () => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await openJobBench();
  });
  afterEach(() => bench.stopRunners());
  afterAll(() => bench.close());

  it('returns the state of a job', async () => {
    const job = countJob('found');
    const id = await bench.jobs.enqueue(job, { n: 1 });
    expect(await bench.jobs.find(id)).toEqual({
      id,
      name: job.name,
      status: 'waiting',
      progress: 0,
      attempts: 0,
      lastError: null,
      createdAt: expect.any(Date),
      finishedAt: null,
    });
    expect(await bench.jobs.find(randomUUID())).toBeNull();
  });

  it('returns counts by status and the age of the oldest due job for each name', async () => {
    const job = countJob('figures', { maxAttempts: 1 });
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await bench.jobs.enqueue(job, { n }));
    await bench.jobs.enqueue(job, { n: 5 }, { delaySeconds: 60 });
    await bench.abandon(job);
    await bench.db.query(`UPDATE jobs SET status = 'dead' WHERE id = $1`, [ids[1]]);
    await bench.db.query(`UPDATE jobs SET status = 'done' WHERE id = $1`, [ids[2]]);
    await bench.db.query(`UPDATE jobs SET available_at = now() - interval '90 seconds' WHERE id = $1`, [
      ids[3],
    ]);
    const figures = (await bench.jobs.figures()).find(({ name }) => name === job.name);
    expect(figures).toMatchObject({ waiting: 2, running: 1, dead: 1 });
    // Allow slightly less than 90, because the column has only millisecond precision.
    expect(figures?.oldestSeconds).toBeGreaterThan(89);
  });

  it('retries only dead jobs, with their attempts reset', async () => {
    const job = countJob('revived', { maxAttempts: 1 });
    const handler = countingHandler(job, async () => {
      if (handler.seen.length === 1) throw new Error('not yet');
    });
    const id = await bench.jobs.enqueue(job, { n: 1 });
    expect(await bench.jobs.retry(id)).toBe(false);
    bench.startRunner([handler]);
    await bench.untilStatuses(job, 'dead');
    expect((await bench.jobs.find(id))?.finishedAt).toBeInstanceOf(Date);
    const before = bench.woken.length;
    expect(await bench.jobs.retry(id)).toBe(true);
    expect(bench.woken.slice(before)).toEqual(['strata_jobs']);
    await bench.untilStatuses(job, 'done');
    expect(await bench.rows(job)).toMatchObject([{ attempts: 1, progress: 100, lastError: null }]);
  });

  it('purges jobs done for 7 days or dead for 90, in batches', async () => {
    await bench.db.query('DELETE FROM jobs');
    const job = countJob('old');
    const ages = [
      ['done', 8],
      ['done', 8],
      ['dead', 91],
      ['done', 6],
      ['dead', 89],
    ] as const;
    for (const [status, days] of ages) {
      const id = await bench.jobs.enqueue(job, { n: days });
      await bench.db.query(
        `UPDATE jobs SET status = $2, finished_at = now() - make_interval(days => $3) WHERE id = $1`,
        [id, status, days],
      );
    }
    await bench.jobs.enqueue(job, { n: 0 });
    expect([await bench.jobs.purge(2), await bench.jobs.purge(2)]).toEqual([2, 1]);
    expect((await bench.rows(job)).map(({ status }) => status)).toEqual(['done', 'dead', 'waiting']);
  });
});
