import { defineJob } from '../../jobs/jobs.ts';
import { integer, object, uuid, type Infer } from '../../core/schema.ts';

const attempt = object({ deliveryId: uuid(), attempt: integer(1, 2_147_483_647) });
export type Attempt = Infer<typeof attempt>;

/**
 * One delivery attempt. A failing receiver does not fail the job; the next attempt is a new job. So a dead job is a fault
 * of this service, never of a receiver.
 */
export const deliverWebhook = defineJob({
  name: 'webhooks.deliver',
  schema: attempt,
  timeoutSeconds: 30,
  concurrency: 20,
});
