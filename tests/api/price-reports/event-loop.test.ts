import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWorkerPool } from '../../../src/adapters/worker-pool.ts';
import {
  priceStatistics,
  summarizePrices,
  type CurrencyStatistics,
} from '../../../src/api/price-reports/price-statistics.ts';
import type { WorkerPool } from '../../../src/core/ports.ts';

describe('price statistics of a million prices', () => {
  let pool: WorkerPool;

  beforeAll(async () => {
    pool = createWorkerPool(1);
    // Run an empty calculation first, so that the test does not measure the start of the thread.
    await pool.run(priceStatistics, [], new AbortController().signal);
  });
  afterAll(() => pool.close());

  const prices = [
    {
      currency: 'EUR',
      prices: Float64Array.from({ length: 1_000_000 }, (_, index) => (index * 7_919) % 1_000_003),
    },
  ];

  /** Returns how often the event loop ran during the work, and the result of the work. */
  const turnsDuring = async (
    work: () => Promise<CurrencyStatistics[]>,
  ): Promise<[number, CurrencyStatistics[]]> => {
    let turns = 0;
    let timer: NodeJS.Immediate;
    const turn = () => {
      turns += 1;
      timer = setImmediate(turn);
    };
    timer = setImmediate(turn);
    const result = await work();
    clearImmediate(timer);
    return [turns, result];
  };

  it('are computed in a thread without blocking the event loop', async () => {
    const [onLoop, expected] = await turnsDuring(async () => summarizePrices(prices));
    const { signal } = new AbortController();
    const [inThread, result] = await turnsDuring(() => pool.run(priceStatistics, prices, signal));
    expect(result).toEqual(expected);
    expect(onLoop).toBe(0);
    expect(inThread).toBeGreaterThan(10);
  });
});
