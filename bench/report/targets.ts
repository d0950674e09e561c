import { median } from '../load/statistics.ts';
import { measurementsOf, type Comparison, type Measurement } from '../measurements.ts';
import { depthsOf } from '../scenarios.ts';
import type { Facts } from './facts.ts';
import { figure, ratios, withSpread } from './figures.ts';

/** A target and its result. It has no figure if the run did not measure it. */
export interface Target {
  readonly title: string;
  readonly limit: string;
  readonly figure?: string | undefined;
  readonly isMet?: boolean | undefined;
}

/** The results that the targets depend on. */
export type TargetFacts = Pick<
  Facts,
  'options' | 'comparison' | 'starts' | 'flood' | 'memory' | 'testsSeconds'
>;

const cpu = ({ cpuMicros }: Measurement): number => cpuMicros;
const pace = ({ perSecond }: Measurement): number => perSecond;

/** Returns every target, in the order of the results. */
export const evaluateTargets = (facts: TargetFacts): Target[] => [
  ...productTargets(facts.comparison),
  ...otherRouteTargets(facts),
  ...floodTargets(facts),
  ...startTargets(facts),
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

function productTargets(comparison: Comparison | undefined): Target[] {
  const full = each(comparison, 'guarded-product', 'strata', cpu);
  const bare = ratios(full, each(comparison, 'product', 'express', cpu));
  const title = 'CPU of the full stack, product by id, authenticated ÷ bare Express without authentication';
  return [atMost(title, bare, 1.6), atMost(`${title}, stretch target`, bare, 1.25)];
}

function otherRouteTargets({ comparison, options }: TargetFacts): Target[] {
  const [, , deepest = 0] = depthsOf(options.rows);
  const orders = ratios(
    each(comparison, 'order', 'strata', pace),
    each(comparison, 'order', 'express', pace),
  );
  const deep = ratios(
    each(comparison, 'cursor-0', 'strata', pace),
    each(comparison, 'cursor-2', 'strata', pace),
  );
  const p95 = ({ latencies }: Measurement): number => latencies.p95;
  return [
    atLeast('POST /orders per second ÷ handwritten transaction', orders, 0.6),
    atMost(`Time for a cursor page at depth ${deepest.toLocaleString('en')} ÷ the first page`, deep, 1.2),
    atMost('Search for three words, p95', each(comparison, 'search-three', 'strata', p95), 50, ' ms'),
    atMost('Search for one word, p95', each(comparison, 'search-one', 'strata', p95), 50, ' ms'),
    atLeast('Refreshes per second', each(comparison, 'refresh', 'strata', pace), 240),
  ];
}

const single = (title: string, value: number | undefined, max: number, unit: string): Target => ({
  title,
  limit: `≤ ${max.toLocaleString('en')}${unit}`,
  ...(value !== undefined && { figure: `${figure(value)}${unit}`, isMet: value <= max }),
});

const floodTargets = ({ flood }: TargetFacts): Target[] => [
  single('Other routes during a flood of sign-ins, p95', flood?.flooded.p95, 250, ' ms'),
  single('Rejected sign-ins of the flood, slowest response', flood?.rejected.max, 1_000, ' ms'),
];

const startTargets = ({ starts, testsSeconds }: TargetFacts): Target[] => {
  const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1_000);
  return [
    single('First start of npm run dev', inSeconds(starts?.devFirstMs), 8, ' s'),
    single('Later starts of npm run dev', inSeconds(starts?.devLaterMs), 3, ' s'),
    single('The test suite', testsSeconds, 90, ' s'),
  ];
};

// The heap of a process without a leak varies by less than 5 percent, and its RSS by less than 10. A leak exceeds both.
const flat = { heap: 1.05, rss: 1.1 };

const memoryTargets = ({ memory }: TargetFacts): Target[] => [
  single('Live memory, last quarter of the load ÷ second quarter', memory?.heapGrowth, flat.heap, ''),
  single('Memory of the process (RSS), last quarter ÷ second quarter', memory?.rssGrowth, flat.rss, ''),
];
