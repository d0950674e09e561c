import { defineJob } from '../../jobs/jobs.ts';
import { object, uuid, type Infer } from '../../core/schema.ts';

const payload = object({ importId: uuid() });
export type ImportPayload = Infer<typeof payload>;

/** Runs an import, or resumes it. */
export const importProducts = defineJob({
  name: 'products.import',
  schema: payload,
  timeoutSeconds: 600,
  concurrency: 2,
});
