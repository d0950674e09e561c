import type { Latencies } from '../load/job.ts';
import { spreadOf } from '../load/statistics.ts';

/** The text that tables show for a missing value. */
export const missing = '–';

/** Formats a number with three significant digits. Digits before the decimal point are never rounded. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return missing;
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** Formats values as median (minimum–maximum). */
export function withSpread(values: readonly number[]): string {
  if (values.length === 0) return missing;
  const { median, min, max } = spreadOf(values);
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

const trustedFor = { p95: 20, p99: 100 };

/** Formats p50 / p95 / p99 in ms. Omits percentiles for which there are too few requests. */
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

/**
 * Divides each value by the other value of the same round. The load of the machine affects both values of a round
 * equally, so it does not affect the ratio.
 */
export const ratios = (these: readonly number[], others: readonly number[]): number[] =>
  these.flatMap((value, index) => {
    const other = others[index];
    return other === undefined || other === 0 ? [] : [value / other];
  });
