import { defineJob } from '../../jobs/jobs.ts';
import { object, uuid, type Infer } from '../../core/schema.ts';

const payload = object({ importId: uuid() });
export type ImportPayload = Infer<typeof payload>;

/** Carries out an import, or what is left of it. */
export const importProducts = defineJob({
  name: 'products.import',
  schema: payload,
  timeoutSeconds: 600,
  concurrency: 2,
});
