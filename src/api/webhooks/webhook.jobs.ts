import { defineJob } from '../../jobs/jobs.ts';
import { integer, object, uuid, type Infer } from '../../core/schema.ts';

const attempt = object({ deliveryId: uuid(), attempt: integer(1, 2_147_483_647) });
export type Attempt = Infer<typeof attempt>;

/**
 * Makes one delivery attempt. A failing receiver does not fail the job, because the next attempt is a new job. A dead
 * job is therefore always a fault of this service.
 */
export const deliverWebhook = defineJob({
  name: 'webhooks.deliver',
  schema: attempt,
  timeoutSeconds: 30,
  concurrency: 20,
});
