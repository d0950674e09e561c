import Joi from 'joi';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { defineJob, handle, type JobDefinition, type JobHandler, type JobRun } from '../../src/jobs/jobs.ts';
import { object } from '../../src/core/schema.ts';
import type { Database } from '../../src/db/database.ts';
import { JobRepository } from '../../src/jobs/job.repository.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { JobRunner, type JobRunnerSettings } from '../../src/jobs/job-runner.ts';
import { testConfig, generousTimeoutMs } from '../helpers/config.ts';
import { createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { until } from '../helpers/until.ts';
import { createMemoryLogger, type MemoryLogger } from '../helpers/fakes.ts';

type Count = JobDefinition<{ n: number }>;
type Limits = Partial<
  Pick<Count, 'maxAttempts' | 'maxBackoffSeconds' | 'timeoutSeconds' | 'concurrency' | 'cron'>
>;

/** Defines a test job with a number. All tests share one table, so each test must use another name. */
export const countJob = (name: string, { cron, ...limits }: Limits = {}): Count =>
  defineJob({
    name: `tests.${name}`,
    schema: object({ n: Joi.number() }),
    ...limits,
    ...(cron !== undefined && { cron }),
  });

/** Creates a handler that records the numbers it receives, and then calls `work`. */
export function countingHandler(
  job: Count,
  work: (run: JobRun<{ n: number }>) => Promise<void> = async () => undefined,
): JobHandler & { readonly seen: number[] } {
  const seen: number[] = [];
  const handler = handle(job, async (run) => {
    seen.push(run.payload.n);
    await work(run);
  });
  return { ...handler, seen };
}

/** Returns a promise and the function that resolves it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export interface JobRow {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly progress: number;
  readonly lastError: string | null;
  /** The number of seconds until the job is due. */
  readonly dueSeconds: number;
  readonly isLeased: boolean;
}

/** A database with jobs, and runners for them. */
export interface JobBench {
  readonly databaseUrl: string;
  readonly db: Database;
  readonly jobs: JobRepository;
  /** The channels on which `jobs` has woken workers. */
  readonly woken: readonly string[];
  readonly logger: MemoryLogger;
  /** Starts a runner in the same way as a separate process would. */
  startRunner(handlers: readonly JobHandler[], settings?: Partial<JobRunnerSettings>): JobRunner;
  /** Returns the jobs of this name in creation order. */
  rows(job: Pick<JobDefinition, 'name'>): Promise<JobRow[]>;
  /** Waits until the jobs of this name have these statuses. */
  untilStatuses(job: Pick<JobDefinition, 'name'>, ...statuses: readonly string[]): Promise<void>;
  /** Makes all waiting jobs due now. */
  makeAllDue(): Promise<void>;
  /** Claims a job and never completes it, as a process does that crashes directly afterwards. */
  abandon(job: Pick<JobDefinition, 'name'>): Promise<void>;
  stopRunners(): Promise<void>;
  close(): Promise<void>;
}

export async function openJobBench(): Promise<JobBench> {
  const name = databaseName('jobs');
  const databaseUrl = await createTestDatabase(name);
  const db = createDatabase(testConfig({ DATABASE_URL: databaseUrl }, []), [], {
    queryTimeoutMs: generousTimeoutMs,
  });
  await db.connect();
  const woken: string[] = [];
  const jobs = new JobRepository(db, uuidIds, { wake: (channel) => void woken.push(channel) });
  const logger = createMemoryLogger();
  const runners: JobRunner[] = [];
  const rows: JobBench['rows'] = (job) =>
    db.query(
      `SELECT id, status, attempts, progress, last_error AS "lastError", lease_until IS NOT NULL AS "isLeased",
         extract(epoch FROM available_at - now())::float AS "dueSeconds"
       FROM jobs WHERE name = $1 ORDER BY id`,
      [job.name],
    );
  const stopRunners = async (): Promise<void> => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  };
  return {
    databaseUrl,
    db,
    jobs,
    woken,
    logger,
    rows,
    startRunner: (handlers, settings = {}) => {
      const runner = new JobRunner({
        jobs,
        ids: uuidIds,
        logger,
        handlers,
        beat: async () => undefined,
        settings: { pollMs: 20, stopMs: 200, ...settings },
      });
      runner.start();
      runners.push(runner);
      return runner;
    },
    untilStatuses: (job, ...statuses) =>
      until(`${job.name} is ${statuses.join()}`, async () => {
        const found = (await rows(job)).map(({ status }) => status);
        return found.join() === statuses.join();
      }),
    makeAllDue: async () => {
      await db.query(`UPDATE jobs SET available_at = now() WHERE status = 'waiting'`);
    },
    abandon: async (job) => {
      const taken = await jobs.claim([{ name: job.name, slots: 1 }], uuidIds.next(), -1);
      if (taken.length === 0) throw new Error(`No job ${job.name} could be taken.`);
    },
    stopRunners,
    close: async () => {
      await stopRunners();
      await db.close();
      await dropDatabase(name);
    },
  };
}
