import pg from 'pg';
import { tokensFor } from '../sign-in.ts';
import { startLoad, startServer, type RunningServer } from '../processes.ts';
import type { PartContext } from './context.ts';

/** The throughput of concurrent orders: `waking` with the wake-ups of workers, `silent` without them. */
export interface Writers {
  readonly writers: number;
  /** Orders per second of each round. */
  readonly rounds: readonly { readonly waking: number; readonly silent: number }[];
  readonly notifications: number;
  readonly failed: number;
}

const writers = 32;

/** Places orders with one event each from 32 connections, with and without the wake-ups of `src/db/notifier.ts`. */
export async function measureWriters({
  options,
  environment: shared,
  fixtures,
  log,
}: PartContext): Promise<Writers> {
  log(`${writers} writers`);
  const environment = { ...shared, DATABASE_POOL_MAX: String(writers) };
  // Listen as a worker does, because a notification costs PostgreSQL less if nobody listens.
  const listener = new pg.Client({ connectionString: shared['DATABASE_URL'] });
  await listener.connect();
  let notifications = 0;
  listener.on('notification', () => (notifications += 1));
  const load = await startLoad();
  const servers: RunningServer[] = [];
  const start = async (preload: readonly string[]): Promise<RunningServer> => {
    const server = await startServer('strata', { environment, preload });
    servers.push(server);
    return server;
  };
  try {
    await listener.query('LISTEN strata_outbox');
    const waking = await start([]);
    const silent = await start(['servers/no-wake-ups.js']);
    const tokens = await tokensFor(waking, fixtures, shared);
    const job = {
      traffic: { kind: 'order', productIds: fixtures.productIds, tokens, lines: 1 },
      pace: { kind: 'closed', connections: writers },
    } as const;
    let failed = 0;
    const perSecondOf = async ({ origin }: RunningServer): Promise<number> => {
      const origins = [origin];
      await load.run({ ...job, origins, seconds: options.warmUpSeconds });
      const outcome = await load.run({ ...job, origins, seconds: options.seconds });
      failed += outcome.failed;
      return (outcome.count - outcome.failed) / outcome.seconds;
    };
    const rounds: { waking: number; silent: number }[] = [];
    for (let round = 0; round < options.rounds; round += 1)
      rounds.push({ waking: await perSecondOf(waking), silent: await perSecondOf(silent) });
    return { writers, rounds, notifications, failed };
  } finally {
    await load.stop();
    for (const server of servers) await server.stop();
    await listener.end();
  }
}
