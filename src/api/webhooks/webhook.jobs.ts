import { defineJob } from '../../jobs/jobs.ts';
import { integer, object, uuid, type Infer } from '../../core/schema.ts';

const attempt = object({ deliveryId: uuid(), attempt: integer(1, 2_147_483_647) });
export type Attempt = Infer<typeof attempt>;

/**
 * One attempt at a delivery. A receiver that fails is no failed job: the next attempt is another job, at its own time, so
 * that dead jobs tell of our faults and not of those of customers.
 */
export const deliverWebhook = defineJob({
  name: 'webhooks.deliver',
  schema: attempt,
  timeoutSeconds: 30,
  concurrency: 20,
});
