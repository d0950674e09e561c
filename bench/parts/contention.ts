import pg from 'pg';
import type { Outcome, Traffic } from '../load/job.ts';
import { tokensFor } from '../sign-in.ts';
import { startLoad, startServer, type RunningServer } from '../processes.ts';
import type { PartContext } from './context.ts';

/** Results of many buyers ordering one product at the same time. */
export interface Contention {
  readonly connections: number;
  readonly hot: readonly {
    readonly processes: number;
    readonly perSecond: readonly number[];
    readonly failed: number;
  }[];
  readonly buyers: number;
  readonly pieces: number;
  /**
   * The responses to buyers who all order at one moment and of whom only some can be served, one entry for each round.
   */
  readonly bursts: readonly Pick<Outcome, 'byStatus' | 'seconds'>[];
}

const connections = 32;
const plenty = 100_000_000;
const buyers = 300;
const pieces = 100;
const burstSeconds = 0.01;

/**
 * Measures orders of one product. At first its stock never runs out. Then many buyers order at one moment, and there
 * are too few pieces for all of them.
 */
export async function measureContention({
  options,
  environment,
  fixtures,
  log,
}: PartContext): Promise<Contention> {
  log('One product in demand');
  const { rounds, seconds, warmUpSeconds } = options;
  const [productId = ''] = fixtures.productIds;
  const database = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await database.connect();
  const setStock = (stock: number) =>
    database.query('UPDATE products SET stock = $2 WHERE id = $1', [productId, stock]);
  const load = await startLoad();
  const servers: RunningServer[] = [];
  try {
    servers.push(await startServer('strata', { environment }), await startServer('strata', { environment }));
    const origins = servers.map(({ origin }) => origin);
    const [first] = servers;
    const tokens = first === undefined ? [] : await tokensFor(first, fixtures, environment);
    const traffic: Traffic = { kind: 'order', productIds: [productId], tokens, lines: 1 };

    const endless = { traffic, pace: { kind: 'closed', connections } } as const;
    const hot = [origins.slice(0, 1), origins].map((used) => ({
      used,
      perSecond: [] as number[],
      failed: 0,
    }));
    await setStock(plenty);
    for (let round = 0; round < rounds; round += 1) {
      for (const measured of hot) {
        await load.run({ ...endless, origins: measured.used, seconds: warmUpSeconds });
        const {
          count,
          failed,
          seconds: took,
        } = await load.run({
          ...endless,
          origins: measured.used,
          seconds,
        });
        measured.perSecond.push((count - failed) / took);
        measured.failed += failed;
      }
    }

    const pace = { kind: 'constant', perSecond: buyers / burstSeconds } as const;
    const bursts: Outcome[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await setStock(pieces);
      bursts.push(await load.run({ origins, traffic, pace, seconds: burstSeconds }));
    }
    return {
      connections,
      hot: hot.map(({ used, perSecond, failed }) => ({
        processes: used.length,
        perSecond,
        failed,
      })),
      buyers,
      pieces,
      bursts,
    };
  } finally {
    await load.stop();
    for (const server of servers) await server.stop();
    await database.end();
  }
}
