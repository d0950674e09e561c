import { defineJob } from '../../jobs/jobs.ts';
import { object, uuid, type Infer } from '../../core/schema.ts';

const payload = object({ reportId: uuid() });
export type ReportPayload = Infer<typeof payload>;

/** Computes a price report. */
export const makePriceReport = defineJob({
  name: 'products.price-report',
  schema: payload,
  timeoutSeconds: 300,
  concurrency: 2,
});
