import { defineJob, handle, type JobHandler } from './jobs.ts';
import { object } from '../core/schema.ts';

/** Removes up to `limit` rows that are past their time, and gives how many. */
export type Purge = (limit: number) => Promise<number>;

const batch = 1_000;

const purgeJob = defineJob({
  name: 'housekeeping.purge',
  schema: object({}),
  cron: '*/10 * * * *',
  // What fails now is tried again in ten minutes anyway.
  maxAttempts: 2,
  timeoutSeconds: 9 * 60,
});

/** The job that removes what is past its time; what fails to keeps none of the others from it. */
export const housekeeping = (purges: readonly Purge[]): JobHandler =>
  handle(purgeJob, async ({ signal }) => {
    const failures: unknown[] = [];
    for (const purge of purges) {
      try {
        // In batches, so that no lock is held for long, and until nothing is left, or they would fall behind for good.
        do signal.throwIfAborted();
        while ((await purge(batch)) === batch);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Deleting expired rows failed.');
  });
