import { object } from '../../core/schema.ts';
import { defineJob } from '../../jobs/jobs.ts';

/** Expires orders whose payment is overdue, every minute. */
export const expireOrders = defineJob({
  name: 'orders.expire',
  schema: object({}),
  cron: '* * * * *',
  maxAttempts: 1,
});
