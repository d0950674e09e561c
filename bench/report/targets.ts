import type { Outcome } from '../load/job.ts';
import { median } from '../load/statistics.ts';
import { measurementsOf, type Comparison, type Measurement } from '../measurements.ts';
import { depthsOf } from '../scenarios.ts';
import type { Options, ServerName } from '../options.ts';
import type { NodeFacts } from './facts.ts';
import { figure, ratios, withSpread } from './figures.ts';

/** A target and its result. There is no figure if the run did not measure the target. */
export interface Target {
  readonly title: string;
  readonly limit: string;
  readonly figure?: string | undefined;
  readonly isMet?: boolean | undefined;
}

/** The results that the targets depend on. */
export type TargetFacts = Pick<
  NodeFacts,
  | 'comparison'
  | 'starts'
  | 'flood'
  | 'writers'
  | 'contention'
  | 'memory'
  | 'testsSeconds'
  | 'generateCpuSeconds'
>;

const cpu = ({ cpuMicros }: Measurement): number => cpuMicros;
const pace = ({ perSecond }: Measurement): number => perSecond;

/** Returns every target, in the order of the results. */
export const evaluateTargets = (facts: TargetFacts, options: Pick<Options, 'rows'>): Target[] => [
  ...cpuTargets(facts.comparison),
  ...peerTargets(facts.comparison),
  ...otherRouteTargets(facts.comparison, options.rows),
  ...concurrencyTargets(facts),
  ...floodTargets(facts),
  ...startTargets(facts),
  ...toolTargets(facts),
  ...memoryTargets(facts),
];

function atMost(title: string, values: readonly number[], max: number, unit = ''): Target {
  const limit = `≤ ${max}${unit}`;
  if (values.length === 0) return { title, limit };
  return { title, limit, figure: `${withSpread(values)}${unit}`, isMet: median(values) <= max };
}

function atLeast(title: string, values: readonly number[], min: number, unit = ''): Target {
  const limit = `≥ ${min}${unit}`;
  if (values.length === 0) return { title, limit };
  return { title, limit, figure: `${withSpread(values)}${unit}`, isMet: median(values) >= min };
}

const each = (
  comparison: Comparison | undefined,
  scenario: string,
  server: Measurement['server'],
  of: (measurement: Measurement) => number,
): number[] => (comparison === undefined ? [] : measurementsOf(comparison, scenario, server).map(of));

function cpuTargets(comparison: Comparison | undefined): Target[] {
  const overExpress = (scenario: string) =>
    ratios(each(comparison, scenario, 'strata', cpu), each(comparison, scenario, 'express', cpu));
  const product = overExpress('guarded-product');
  const title = (what: string) => `CPU, ${what} ÷ bare Express with the same token check`;
  return [
    atMost(title('product by id'), product, 1.4),
    atMost(`${title('product by id')}, stretch target`, product, 1.25),
    atMost(title('cursor page of 20'), overExpress('guarded-cursor'), 1.5),
    atMost(title('first page of 20 by number'), overExpress('guarded-list'), 1.5),
    atMost('CPU, refresh ÷ handwritten script', overExpress('refresh'), 1.5),
  ];
}

/** The servers with TypeORM must need at least twice the CPU time of the service. */
function peerTargets(comparison: Comparison | undefined): Target[] {
  const peers: readonly (readonly [ServerName, string])[] = [
    ['nest', 'NestJS 11 + TypeORM'],
    ['typeorm', 'Express 5 + TypeORM'],
  ];
  const reads = [
    ['guarded-product', 'product by id'],
    ['guarded-cursor', 'cursor page of 20'],
  ] as const;
  return peers.flatMap(([server, title]) =>
    reads.map(([scenario, what]) => {
      const factors = ratios(
        each(comparison, scenario, server, cpu),
        each(comparison, scenario, 'strata', cpu),
      );
      return atLeast(`CPU, ${what}: ${title} ÷ Strata`, factors, 2);
    }),
  );
}

function otherRouteTargets(comparison: Comparison | undefined, rows: number): Target[] {
  const [, , deepest = 0] = depthsOf(rows);
  const orders = ratios(
    each(comparison, 'order', 'strata', pace),
    each(comparison, 'order', 'express', pace),
  );
  const deep = ratios(
    each(comparison, 'cursor-0', 'strata', pace),
    each(comparison, 'cursor-2', 'strata', pace),
  );
  const p95 = (scenario: string): number[] =>
    comparison === undefined
      ? []
      : measurementsOf(comparison, scenario, 'strata').flatMap(({ steady }) => steady?.latencies.p95 ?? []);
  return [
    atLeast('POST /orders per second ÷ handwritten transaction', orders, 0.6),
    atMost(`Time for a cursor page at depth ${deepest.toLocaleString('en')} ÷ the first page`, deep, 1.2),
    atMost('Search for three words, p95', p95('search-three'), 50, ' ms'),
    atMost('Search for one word, p95', p95('search-one'), 50, ' ms'),
    atLeast('Refreshes per second', each(comparison, 'refresh', 'strata', pace), 240),
  ];
}

function concurrencyTargets({ writers, contention }: TargetFacts): Target[] {
  const shares = ratios(
    writers?.rounds.map(({ waking }) => waking) ?? [],
    writers?.rounds.map(({ silent }) => silent) ?? [],
  );
  return [
    atLeast('Orders per second of 32 writers ÷ the same without wake-ups', shares, 0.9),
    burstTarget(contention),
  ];
}

function burstTarget(contention: TargetFacts['contention']): Target {
  const title = '300 buyers of 100 pieces at one moment, two processes';
  const limit = '100 × 201, 200 × 409';
  if (contention === undefined) return { title, limit };
  const seen = [...new Set(contention.bursts.map(({ byStatus }) => statusesOf(byStatus)))];
  return { title, limit, figure: seen.join(' or '), isMet: seen.every((statuses) => statuses === limit) };
}

/** Returns the number of responses of each status: `100 × 201, 200 × 409`. */
export const statusesOf = (byStatus: Outcome['byStatus']): string =>
  Object.entries(byStatus)
    .map(([status, { count }]) => `${count} × ${status}`)
    .join(', ');

const single = (title: string, value: number | undefined, max: number, unit: string): Target => ({
  title,
  limit: `≤ ${max.toLocaleString('en')}${unit}`,
  ...(value !== undefined && { figure: `${figure(value)}${unit}`, isMet: value <= max }),
});

const floodTargets = ({ flood }: TargetFacts): Target[] => [
  single('Other routes during a flood of sign-ins, p95', flood?.flooded.p95, 250, ' ms'),
  single('Rejected sign-ins of the flood, slowest response', flood?.rejected.max, 1_000, ' ms'),
];

const startTargets = ({ starts }: TargetFacts): Target[] => {
  const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1_000);
  return [
    single('First start of npm run dev', inSeconds(starts?.devFirstMs), 8, ' s'),
    single('Later starts of npm run dev', inSeconds(starts?.devLaterMs), 3, ' s'),
  ];
};

const toolTargets = ({ testsSeconds, generateCpuSeconds }: TargetFacts): Target[] => [
  single('npm test', testsSeconds, 120, ' s'),
  single('Generating a module, CPU time', generateCpuSeconds, 5, ' s'),
];

// Larger ratios show a leak. Without a leak, the heap of a process grows by less than 5 percent, and its RSS by less
// than 10.
const flat = { heap: 1.05, rss: 1.1 };

const memoryTargets = ({ memory }: TargetFacts): Target[] => [
  single('Live memory, last quarter of the load ÷ second quarter', memory?.heapGrowth, flat.heap, ''),
  single('Memory of the process (RSS), last quarter ÷ second quarter', memory?.rssGrowth, flat.rss, ''),
];
