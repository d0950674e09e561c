import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { JobRepository } from '../../src/jobs/job.repository.ts';
import { housekeeping, type Purge } from '../../src/jobs/housekeeping.ts';
import { assertJobsFit, type JobHandler, type JobRun } from '../../src/jobs/jobs.ts';
import { defineModule } from '../../src/module.ts';
import { createBackground, type Background } from '../../src/process/background.ts';
import { buildTestApp, type TestApp } from '../helpers/app.ts';
import { Notifier } from '../../src/db/notifier.ts';
import { testConfig } from '../helpers/config.ts';
import { until } from '../helpers/until.ts';
import { countingHandler, countJob } from './bench.ts';

const job = countJob('background');
const handler = countingHandler(job);
let enqueue: (n: number) => Promise<string>;

const countingModule = defineModule({
  name: 'counting',
  path: '/counting',
  create: ({ jobs }) => {
    enqueue = (n) => jobs.enqueue(job, { n });
    return { api: {}, routes: [], jobs: [handler] };
  },
});

const run = (signal = new AbortController().signal): JobRun<unknown> => ({
  id: '1',
  payload: {},
  attempt: 1,
  signal,
  progress: async () => undefined,
});

describe('the worker', () => {
  let test: TestApp;
  let background: Background | undefined;
  let other: Notifier;

  beforeAll(async () => {
    test = await buildTestApp({ modules: [countingModule] });
    // Use a second notifier, as if another process had enqueued the job.
    other = new Notifier({ url: test.databaseUrl, logger: test.logger });
  });
  afterEach(async () => {
    await background?.stop();
    background = undefined;
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  // Poll so rarely that only a wake-up can start a job.
  const seldom = { pollMs: 600_000 };
  const start = async ({ notifier = other, url = test.databaseUrl, jobs = seldom } = {}) => {
    const config = testConfig({ DATABASE_URL: url }, [countingModule]);
    background = createBackground({ ...test, config, notifier, ids: uuidIds }, test.app, {
      relay: seldom,
      jobs,
    });
    await background.start();
  };

  it('runs a job as soon as a transaction of another process commits', async () => {
    await enqueue(1);
    await start();
    await until('the first is done', () => handler.seen.includes(1));
    await test.db.transaction(() => enqueue(2));
    await until('the second is done', () => handler.seen.includes(2));
  });

  it('runs a job of its own process without a notification', async () => {
    const unreachable = 'postgres://strata@127.0.0.1:1/none';
    await start({ notifier: test.notifier, url: unreachable });
    await test.db.transaction(() => enqueue(4));
    await until('it is done', () => handler.seen.includes(4));
  });

  it('finds the job of a process that died before it could notify', async () => {
    await start({ jobs: { pollMs: 20 } });
    await new JobRepository(test.db, uuidIds, { wake: () => undefined }).enqueue(job, { n: 5 });
    await until('it is done', () => handler.seen.includes(5));
  });

  it('runs jobs committed while it was not listening', async () => {
    await start();
    const ended = await test.db.query(
      `SELECT pg_terminate_backend(pid, 5000) AS "isGone" FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'strata listener'`,
    );
    expect(ended).toEqual([{ isGone: true }]);
    await enqueue(3);
    await until('it is done', () => handler.seen.includes(3));
  });

  it('runs housekeeping on schedule', async () => {
    await start();
    const nextAt = async () => {
      const [row] = await test.db.query<{ next: Date }>(
        `SELECT next_at AS next FROM job_schedules WHERE name = 'housekeeping.purge'`,
      );
      return row?.next;
    };
    await until('it is scheduled', async () => (await nextAt()) !== undefined);
    await test.db.query(
      `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, headers, body, created_at)
       VALUES ('0190a000-0000-7000-8000-000000000000', 'o', 'k', 'f', 204, '{}', '', now() - interval '25 hours')`,
    );
    await test.db.query(`UPDATE job_schedules SET next_at = now() - interval '1 second'`);
    await until(
      'the record is gone',
      async () => (await test.db.query('SELECT 1 FROM idempotency_records')).length === 0,
    );
  });
});

describe('housekeeping', () => {
  const full = 1_000;

  it('deletes in batches until nothing is left', async () => {
    const left = [full, full, 3];
    const limits: number[] = [];
    const purge: Purge = async (limit) => {
      limits.push(limit);
      return left.shift() ?? 0;
    };
    await housekeeping([purge]).handle(run());
    expect(limits).toEqual([full, full, full]);
  });

  it('continues after a failed purge, and fails at the end', async () => {
    const purged: string[] = [];
    const purges: Purge[] = [
      () => Promise.reject(new Error('one is stuck')),
      async () => {
        purged.push('two');
        return 0;
      },
    ];
    await expect(housekeeping(purges).handle(run())).rejects.toThrow('Deleting expired rows failed.');
    expect(purged).toEqual(['two']);
  });

  it('stops between two batches when aborted', async () => {
    const end = new AbortController();
    let batches = 0;
    const purge: Purge = async () => {
      batches += 1;
      end.abort();
      return full;
    };
    await expect(housekeeping([purge]).handle(run(end.signal))).rejects.toThrow();
    expect(batches).toBe(1);
  });

  it('purges expired rows of every module', async () => {
    const purged: string[] = [];
    const forgetful = defineModule({
      name: 'forgetful',
      path: '/forgetful',
      create: () => ({
        api: {},
        routes: [],
        purge: async () => {
          purged.push('forgetful');
          return 0;
        },
      }),
    });
    const test = await buildTestApp({ modules: [forgetful] });
    try {
      const [purge] = test.app.jobs;
      expect(purge?.definition).toMatchObject({ name: 'housekeeping.purge', cron: '*/10 * * * *' });
      await purge?.handle(run());
    } finally {
      await test.close();
    }
    expect(purged).toEqual(['forgetful']);
  });
});

describe('job definitions of a service', () => {
  const called = (name: string, cron?: string): JobHandler =>
    countingHandler(countJob(name, { ...(cron !== undefined && { cron }) }));

  it('reject duplicate names', () => {
    expect(() => {
      assertJobsFit([called('twice'), called('other'), called('twice')]);
    }).toThrow('Two jobs are named "tests.twice": rename one.');
  });

  it('reject a schedule for a job that needs a payload', () => {
    expect(() => {
      assertJobsFit([called('needy', '* * * * *')]);
    }).toThrow('The payload of job "tests.needy" does not match its schema');
  });
});
