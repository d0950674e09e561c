import type { Latencies } from '../load/job.ts';
import { spreadOf } from '../load/statistics.ts';

/** What stands where something was not measured. */
export const missing = '–';

/** A number in three digits that count, or all those before the point. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return missing;
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** The median of these and, in brackets, the least and the most. */
export function withSpread(values: readonly number[]): string {
  if (values.length === 0) return missing;
  const { median, min, max } = spreadOf(values);
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

const trustedFor = { p95: 20, p99: 100 };

/** p50 / p95 / p99 in ms; a share that too few requests were measured for is left out. */
export function quantiles(latencies: readonly Latencies[]): string {
  if (latencies.length === 0) return missing;
  const least = Math.min(...latencies.map(({ count }) => count));
  const of = (values: readonly number[]) => figure(spreadOf(values).median);
  return [
    of(latencies.map(({ p50 }) => p50)),
    least >= trustedFor.p95 ? of(latencies.map(({ p95 }) => p95)) : missing,
    least >= trustedFor.p99 ? of(latencies.map(({ p99 }) => p99)) : missing,
  ].join(' / ');
}

export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** Each round's figure over the other's of the same round: what the machine did meanwhile falls on both. */
export const ratios = (these: readonly number[], others: readonly number[]): number[] =>
  these.flatMap((value, index) => {
    const other = others[index];
    return other === undefined || other === 0 ? [] : [value / other];
  });
