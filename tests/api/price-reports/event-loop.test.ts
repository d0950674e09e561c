import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWorkerPool } from '../../../src/adapters/worker-pool.ts';
import {
  priceStatistics,
  summarizePrices,
  type CurrencyStatistics,
} from '../../../src/api/price-reports/price-statistics.ts';
import type { WorkerPool } from '../../../src/core/ports.ts';
import { until } from '../../helpers/until.ts';

describe('the statistics of many prices', () => {
  let pool: WorkerPool;

  beforeAll(async () => {
    pool = createWorkerPool(1);
    // The thread is there from now on, and what it takes to begin one is not measured.
    await pool.run(priceStatistics, [], new AbortController().signal);
  });
  afterAll(() => pool.close());

  const prices = [
    {
      currency: 'EUR',
      prices: Float64Array.from({ length: 1_000_000 }, (_, index) => (index * 7_919) % 1_000_003),
    },
  ];

  /** For how long the event loop stood still at the most while this was done, in ms. */
  const stallOf = async (
    work: () => Promise<CurrencyStatistics[]>,
  ): Promise<[number, CurrencyStatistics[]]> => {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    await until('delays are noted', () => delays.count > 0);
    const noted = delays.count;
    const result = await work();
    await until('what the work did to the loop is noted', () => delays.count > noted);
    delays.disable();
    return [delays.max / 1e6, result];
  };

  it('are the same in a thread, and leave the event loop free', async () => {
    const [onLoop, expected] = await stallOf(async () => summarizePrices(prices));
    const { signal } = new AbortController();
    const inThread: number[] = [];
    // Whatever else the machine does can stall a loop; it would have to do so each time.
    for (let round = 0; round < 3; round += 1) {
      const [stall, result] = await stallOf(() => pool.run(priceStatistics, prices, signal));
      expect(result).toEqual(expected);
      inThread.push(stall);
    }
    expect(Math.min(...inThread)).toBeLessThan(onLoop / 2);
  });
});
