import { defineJob, handle, type JobHandler } from './jobs.ts';
import { object } from '../core/schema.ts';

/** Deletes up to `limit` expired rows and returns the number deleted. */
export type Purge = (limit: number) => Promise<number>;

const batchSize = 1_000;

const purgeJob = defineJob({
  name: 'housekeeping.purge',
  schema: object({}),
  cron: '*/10 * * * *',
  // A job that fails twice needs no further attempt, because the next scheduled run follows within ten minutes.
  maxAttempts: 2,
  timeoutSeconds: 9 * 60,
});

/** Returns the job that deletes expired rows of all modules. If one purge fails, the others still run. */
export const housekeeping = (purges: readonly Purge[]): JobHandler =>
  handle(purgeJob, async ({ signal }) => {
    const failures: unknown[] = [];
    for (const purge of purges) {
      try {
        // Delete in batches, to keep locks short. Continue until nothing expired is left, because a single batch might
        // not keep up.
        do signal.throwIfAborted();
        while ((await purge(batchSize)) === batchSize);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Deleting expired rows failed.');
  });
