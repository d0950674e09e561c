import type { OrderSummaryRepository } from './order-summary.repository.ts';

const batch = 1_000;
const first = '00000000-0000-0000-0000-000000000000';

/**
 * Builds the read model anew from nothing while the one before is read: events that come meanwhile go into both.
 * Throws when another rebuild has begun since.
 */
export async function rebuildSummaries(summaries: OrderSummaryRepository): Promise<void> {
  const generation = await summaries.begin();
  let last: string | null = first;
  while (last !== null) last = await summaries.copyAfter(generation, last, batch);
  if (!(await summaries.publish(generation)))
    throw new Error('Another rebuild of the order summaries has begun since; let that one end.');
  while ((await summaries.purge(batch)) === batch);
}
