import { defineJob, handle, type JobHandler } from './jobs.ts';
import { object } from '../core/schema.ts';

/** Deletes up to `limit` expired rows and returns the number deleted. */
export type Purge = (limit: number) => Promise<number>;

const batchSize = 1_000;

const purgeJob = defineJob({
  name: 'housekeeping.purge',
  schema: object({}),
  cron: '*/10 * * * *',
  // The next run is ten minutes away.
  maxAttempts: 2,
  timeoutSeconds: 9 * 60,
});

/** Returns the job that deletes expired rows. A purge that fails does not stop the others. */
export const housekeeping = (purges: readonly Purge[]): JobHandler =>
  handle(purgeJob, async ({ signal }) => {
    const failures: unknown[] = [];
    for (const purge of purges) {
      try {
        // In batches, to keep locks short; until nothing is left, or the backlog would grow.
        do signal.throwIfAborted();
        while ((await purge(batchSize)) === batchSize);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Deleting expired rows failed.');
  });
