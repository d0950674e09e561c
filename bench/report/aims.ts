import { median } from '../load/statistics.ts';
import { measurementsOf, type Comparison, type Measurement } from '../measurements.ts';
import { depthsOf } from '../scenarios.ts';
import type { Facts } from './facts.ts';
import { figure, ratios, withSpread } from './figures.ts';

/** One aim and what came of it; no figure where the run did not measure it. */
export interface Aim {
  readonly title: string;
  readonly wanted: string;
  readonly figure?: string | undefined;
  readonly isReached?: boolean | undefined;
}

/** What the aims are about. */
export type Judged = Pick<Facts, 'options' | 'comparison' | 'starts' | 'flood' | 'memory' | 'testsSeconds'>;

const cpu = ({ cpuMicros }: Measurement): number => cpuMicros;
const pace = ({ perSecond }: Measurement): number => perSecond;

/** Every aim, in the order of the results. */
export const judgeAims = (facts: Judged): Aim[] => [
  ...productAims(facts.comparison),
  ...otherRouteAims(facts),
  ...floodAims(facts),
  ...startAims(facts),
  ...memoryAims(facts),
];

function most(title: string, values: readonly number[], max: number, unit = ''): Aim {
  const wanted = `≤ ${max}${unit}`;
  if (values.length === 0) return { title, wanted };
  return { title, wanted, figure: `${withSpread(values)}${unit}`, isReached: median(values) <= max };
}

function least(title: string, values: readonly number[], min: number, unit = ''): Aim {
  const wanted = `≥ ${min}${unit}`;
  if (values.length === 0) return { title, wanted };
  return { title, wanted, figure: `${withSpread(values)}${unit}`, isReached: median(values) >= min };
}

const each = (
  comparison: Comparison | undefined,
  scenario: string,
  server: Measurement['server'],
  of: (measurement: Measurement) => number,
): number[] => (comparison === undefined ? [] : measurementsOf(comparison, scenario, server).map(of));

function productAims(comparison: Comparison | undefined): Aim[] {
  const whole = each(comparison, 'guarded-product', 'strata', cpu);
  const bare = ratios(whole, each(comparison, 'product', 'express', cpu));
  const title = 'CPU of the whole stack, product by id, authenticated ÷ bare Express without authentication';
  return [most(title, bare, 1.6), most(`${title}, if it can be had`, bare, 1.25)];
}

function otherRouteAims({ comparison, options }: Judged): Aim[] {
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
    least('POST /orders a second ÷ the transaction written by hand', orders, 0.6),
    most(`Time for a cursor page at depth ${deepest.toLocaleString('en')} ÷ the first page`, deep, 1.2),
    most('Search for three words, p95', each(comparison, 'search-three', 'strata', p95), 50, ' ms'),
    most('Search for one word, p95', each(comparison, 'search-one', 'strata', p95), 50, ' ms'),
    least('Refreshes a second', each(comparison, 'refresh', 'strata', pace), 240),
  ];
}

const plain = (title: string, value: number | undefined, max: number, unit: string): Aim => ({
  title,
  wanted: `≤ ${max.toLocaleString('en')}${unit}`,
  ...(value !== undefined && { figure: `${figure(value)}${unit}`, isReached: value <= max }),
});

const floodAims = ({ flood }: Judged): Aim[] => [
  plain('Other routes during a flood of sign-ins, p95', flood?.flooded.p95, 250, ' ms'),
  plain('Surplus of the flood, slowest answer', flood?.refused.max, 1_000, ' ms'),
];

const startAims = ({ starts, testsSeconds }: Judged): Aim[] => {
  const inSeconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1_000);
  return [
    plain('First start of npm run dev', inSeconds(starts?.devFirstMs), 8, ' s'),
    plain('Later starts of npm run dev', inSeconds(starts?.devLaterMs), 3, ' s'),
    plain('The test suite', testsSeconds, 90, ' s'),
  ];
};

// What a collection leaves over wavers by a few per cent, and what the process has by more; a leak stays below neither.
const flat = { heap: 1.05, rss: 1.1 };

const memoryAims = ({ memory }: Judged): Aim[] => [
  plain('Live memory, last quarter of the load ÷ second quarter', memory?.heapGrowth, flat.heap, ''),
  plain('Memory of the process (RSS), last quarter ÷ second quarter', memory?.rssGrowth, flat.rss, ''),
];
