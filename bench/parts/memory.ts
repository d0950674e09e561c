import type { Traffic } from '../load/job.ts';
import { median } from '../load/statistics.ts';
import { searchPaths } from '../scenarios.ts';
import { words } from '../data/seed-sql.ts';
import { tokensFor } from '../sign-in.ts';
import { startLoad, startServer } from '../processes.ts';
import type { PartContext } from './context.ts';

/** The memory of the service at one moment of the load. */
export interface MemorySample {
  readonly minute: number;
  readonly rssBytes: number;
  /** The heap after garbage collection, in bytes. */
  readonly heapBytes: number;
}

export interface MemoryRun {
  readonly minutes: number;
  readonly perSecond: number;
  readonly requests: number;
  readonly failed: number;
  readonly samples: readonly MemorySample[];
  /**
   * Median of the last quarter of the samples divided by the median of the second quarter. The first quarter is
   * ignored, because caches and pools are still filling.
   */
  readonly rssGrowth: number;
  readonly heapGrowth: number;
}

const slices = 24;
const perSecond = 100;

/** Measures the memory of the service again and again, while it receives reads, searches, orders and sign-ins. */
export async function measureMemory({
  options,
  environment,
  fixtures,
  log,
}: PartContext): Promise<MemoryRun> {
  const server = await startServer('strata', { environment, hasGc: true });
  const load = await startLoad();
  const samples: MemorySample[] = [];
  let [requests, failed] = [0, 0];
  try {
    for (let slice = 1; slice <= slices; slice += 1) {
      const minute = (slice * options.memoryMinutes) / slices;
      // Sign in again for each period, because tokens expire and sign-ins are part of the load.
      const tokens = await tokensFor(server, fixtures, environment);
      const get = (paths: readonly string[]): Traffic => ({ kind: 'get', paths, tokens });
      const parts: Traffic[] = [
        get(fixtures.productIds.map((id) => `/api/v1/products/${id}`)),
        get(fixtures.productIds.map((id) => `/api/v1/guarded-products/${id}`)),
        get(['/api/v1/products?limit=20&cursor=', '/api/v1/orders?limit=20&cursor=']),
        get(searchPaths(words.three)),
        { kind: 'order', productIds: fixtures.productIds, tokens, lines: 3 },
      ];
      const outcome = await load.run({
        origins: [server.origin],
        traffic: { kind: 'mix', parts },
        pace: { kind: 'constant', perSecond },
        seconds: (options.memoryMinutes * 60) / slices,
      });
      requests += outcome.count;
      failed += outcome.failed;
      const { rssBytes, heapBytes } = await server.usage();
      samples.push({ minute, rssBytes, heapBytes });
      log(`Memory after ${minute.toFixed(1)} min: ${Math.round(rssBytes / 2 ** 20)} MiB`);
    }
  } finally {
    await load.stop();
    await server.stop();
  }
  const growth = (figure: (sample: MemorySample) => number): number =>
    median(samples.slice((slices * 3) / 4).map(figure)) /
    median(samples.slice(slices / 4, slices / 2).map(figure));
  return {
    minutes: options.memoryMinutes,
    perSecond,
    requests,
    failed,
    samples,
    rssGrowth: growth(({ rssBytes }) => rssBytes),
    heapGrowth: growth(({ heapBytes }) => heapBytes),
  };
}
