import { availableParallelism } from 'node:os';
import type { Latencies, Outcome, Traffic } from '../load/job.ts';
import { tokensFor } from '../sign-in.ts';
import { startLoad, startServer } from '../processes.ts';
import type { PartContext } from './context.ts';

/** How a flood of sign-ins affects other requests. */
export interface Flood {
  readonly capacityPerSecond: number;
  readonly floodPerSecond: number;
  readonly seconds: number;
  readonly othersPerSecond: number;
  readonly quiet: Outcome;
  readonly flooded: Outcome;
  /** Latencies of the sign-ins that reached the password check (401). */
  readonly processed: Latencies;
  /** Latencies of the sign-ins that were refused with 503. */
  readonly rejected: Latencies;
  /** The number of sign-ins with any other response, or with none. */
  readonly other: number;
}

const times = 10;
const capacitySeconds = 3;
const seconds = 15;
const warmUpSeconds = 3;
const othersPerSecond = 50;
const none: Latencies = { count: 0, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, max: Number.NaN };

/**
 * Sends requests to other routes at a constant rate. First they run alone, then together with ten times more sign-ins
 * than the service can hash.
 */
export async function measureFlood({ environment, fixtures, log }: PartContext): Promise<Flood> {
  log(`Flood of sign-ins for ${seconds} s`);
  const server = await startServer('strata', { environment });
  const [load, floodLoad] = [await startLoad(), await startLoad()];
  const origins = [server.origin];
  try {
    const tokens = await tokensFor(server, fixtures, environment);
    const get = (paths: readonly string[]): Traffic => ({ kind: 'get', paths, tokens });
    const others: Traffic = {
      kind: 'mix',
      parts: [
        get(fixtures.productIds.map((id) => `/api/v1/products/${id}`)),
        get(fixtures.productIds.map((id) => `/api/v1/guarded-products/${id}`)),
        get(['/api/v1/products?limit=20&cursor=']),
        get(['/api/v1/orders?limit=20&cursor=']),
      ],
    };
    const logins = (emails: readonly string[], expected: number): Traffic => {
      return { kind: 'login', emails, password: fixtures.password, expected };
    };
    const pace = { kind: 'constant', perSecond: othersPerSecond } as const;
    const possible = await floodLoad.run({
      origins,
      traffic: logins(fixtures.logins, 200),
      pace: { kind: 'closed', connections: availableParallelism() },
      seconds: capacitySeconds,
    });
    const capacityPerSecond = possible.count / possible.seconds;
    const floodPerSecond = Math.ceil(times * capacityPerSecond);
    await load.run({ origins, traffic: others, pace, seconds: warmUpSeconds });
    const quiet = await load.run({ origins, traffic: others, pace, seconds });
    // Sign in with unknown addresses: they cost the same as known ones, but no account of the fixtures gets locked.
    const strangers = Array.from(
      { length: floodPerSecond * seconds },
      (_, n) => `stranger${n}@bench.invalid`,
    );
    const [flood, flooded] = await Promise.all([
      floodLoad.run({
        origins,
        traffic: logins(strangers, 401),
        pace: { kind: 'constant', perSecond: floodPerSecond },
        seconds,
      }),
      load.run({ origins, traffic: others, pace, seconds }),
    ]);
    const [processed, rejected] = [flood.byStatus[401] ?? none, flood.byStatus[503] ?? none];
    const other = flood.count - processed.count - rejected.count;
    const rates = { capacityPerSecond, floodPerSecond, seconds, othersPerSecond };
    return { ...rates, quiet, flooded, processed, rejected, other };
  } finally {
    await load.stop();
    await floodLoad.stop();
    await server.stop();
  }
}
