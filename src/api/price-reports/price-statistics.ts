import type { WorkerTask } from '../../core/ports.ts';

/** Every price in one currency. */
export interface CurrencyPrices {
  readonly currency: string;
  /** The prices in minor units, in any order. */
  readonly prices: Float64Array;
}

/** The number of prices from `fromMinor` to `toMinor`, inclusive. */
export interface PriceRange {
  readonly fromMinor: number;
  readonly toMinor: number;
  readonly count: number;
}

/**
 * The price distribution in one currency. Quartiles use the nearest-rank method, so each quartile is an existing price.
 */
export interface CurrencyStatistics {
  readonly currency: string;
  readonly count: number;
  readonly minMinor: number;
  readonly lowerQuartileMinor: number;
  readonly medianMinor: number;
  readonly upperQuartileMinor: number;
  readonly maxMinor: number;
  /** Up to ten ranges of equal width. The first starts at the lowest price, and the last ends at the highest. */
  readonly histogram: readonly PriceRange[];
}

const maxRanges = 10;

/**
 * Computes the statistics of each currency. Sorting all prices blocks the thread. Each currency needs at least one
 * price.
 */
export function summarizePrices(all: readonly CurrencyPrices[]): CurrencyStatistics[] {
  return all.map(({ currency, prices }) => {
    const sorted = prices.toSorted();
    const quantile = (share: number) => sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1] ?? 0;
    return {
      currency,
      count: sorted.length,
      minMinor: quantile(0),
      lowerQuartileMinor: quantile(0.25),
      medianMinor: quantile(0.5),
      upperQuartileMinor: quantile(0.75),
      maxMinor: quantile(1),
      histogram: histogramOf(sorted, quantile(0), quantile(1)),
    };
  });
}

function histogramOf(prices: Float64Array, min: number, max: number): PriceRange[] {
  const width = Math.ceil((max - min + 1) / maxRanges);
  const counts = Array.from({ length: Math.floor((max - min) / width) + 1 }, () => 0);
  for (const price of prices) {
    const range = Math.floor((price - min) / width);
    counts[range] = (counts[range] ?? 0) + 1;
  }
  return counts.map((count, index) => ({
    fromMinor: min + index * width,
    toMinor: Math.min(min + (index + 1) * width - 1, max),
    count,
  }));
}

/** Runs `summarizePrices` as a task of the worker pool. */
export const priceStatistics: WorkerTask<readonly CurrencyPrices[], CurrencyStatistics[]> = {
  file: import.meta.url,
  run: summarizePrices,
};
