import type { Traffic } from '../load/job.ts';
import { spreadOf, type Spread } from '../load/statistics.ts';
import { tokensFor } from '../sign-in.ts';
import { startLoad, startServer, type LoadGenerator, type RunningServer } from '../processes.ts';
import type { PartContext } from './context.ts';

/** The measurement with a certain number of service processes. */
export interface ProcessCount {
  readonly title: string;
  readonly processes: number;
  readonly perSecond: Spread;
  readonly cpuMicros: Spread;
  readonly failed: number;
}

interface Crowd {
  readonly servers: readonly RunningServer[];
}

const connections = 32;

/** Compares one process that has all database connections with two processes that have half of them each. */
export async function measureProcesses(
  { options, environment, fixtures, log }: PartContext,
  poolMax: number,
): Promise<ProcessCount[]> {
  const load = await startLoad();
  const crowds: Crowd[] = [];
  const start = (share: number) =>
    startServer('strata', {
      environment: { ...environment, DATABASE_POOL_MAX: String(Math.max(1, Math.floor(poolMax / share))) },
    });
  try {
    crowds.push({ servers: [await start(1)] });
    crowds.push({ servers: [await start(2), await start(2)] });
    const paths = fixtures.productIds.map((id) => `/api/v1/guarded-products/${id}`);
    const { productIds } = fixtures;
    const measured: ProcessCount[] = [];
    const first = crowds[0]?.servers[0];
    const tokens = first === undefined ? [] : await tokensFor(first, fixtures, environment);
    const scenarios: readonly (readonly [string, Traffic])[] = [
      ['product by id, authenticated', { kind: 'get', paths, tokens }],
      ['POST /orders, 3 lines', { kind: 'order', productIds, tokens, lines: 3 }],
    ];
    for (const [title, traffic] of scenarios) {
      log(`One process and two: ${title}`);
      measured.push(...(await measureCrowds(title, traffic, crowds, load, options)));
    }
    return measured;
  } finally {
    await load.stop();
    for (const server of crowds.flatMap(({ servers }) => servers)) await server.stop();
  }
}

async function measureCrowds(
  title: string,
  traffic: Traffic,
  crowds: readonly Crowd[],
  load: LoadGenerator,
  { rounds, seconds, warmUpSeconds }: PartContext['options'],
): Promise<ProcessCount[]> {
  const pace = { kind: 'closed', connections } as const;
  const seen = crowds.map(() => ({
    perSecond: [] as number[],
    cpuMicros: [] as number[],
    failed: 0,
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { servers }] of crowds.entries()) {
      const job = { origins: servers.map(({ origin }) => origin), traffic, pace };
      await load.run({ ...job, seconds: warmUpSeconds });
      const before = await cpuOf(servers);
      const { count, failed, seconds: took } = await load.run({ ...job, seconds });
      const used = (await cpuOf(servers)) - before;
      const figures = seen[index];
      if (figures === undefined) continue;
      figures.perSecond.push((count - failed) / took);
      figures.cpuMicros.push(used / count);
      figures.failed += failed;
    }
  }
  return crowds.flatMap(({ servers }, index) => {
    const figures = seen[index];
    if (figures === undefined) return [];
    const [perSecond, cpuMicros] = [spreadOf(figures.perSecond), spreadOf(figures.cpuMicros)];
    return [{ title, processes: servers.length, perSecond, cpuMicros, failed: figures.failed }];
  });
}

async function cpuOf(servers: readonly RunningServer[]): Promise<number> {
  let cpuMicros = 0;
  for (const server of servers) cpuMicros += (await server.usage()).cpuMicros;
  return cpuMicros;
}
