import type { OrderSummaryRepository } from './order-summary.repository.ts';

const batchSize = 1_000;
const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * Rebuilds the read model while readers use the live generation. New events update both the live generation and the new
 * one. Throws if another rebuild starts in the meantime.
 */
export async function rebuildSummaries(summaries: OrderSummaryRepository): Promise<void> {
  const generation = await summaries.begin();
  let last: string | null = lowestId;
  while (last !== null) last = await summaries.copyAfter(generation, last, batchSize);
  if (!(await summaries.publish(generation)))
    throw new Error('Another rebuild of the order summaries has started: wait for it to finish.');
  while ((await summaries.purge(batchSize)) === batchSize);
}
