import type { WorkerTask } from '../../core/ports.ts';

/** Every price in one currency. */
export interface CurrencyPrices {
  readonly currency: string;
  /** In minor units, in any order. */
  readonly prices: Float64Array;
}

/** How many prices are from one to another, both included. */
export interface PriceRange {
  readonly fromMinor: number;
  readonly toMinor: number;
  readonly count: number;
}

/** The prices in one currency in few numbers; quartiles are prices that there are (nearest rank). */
export interface CurrencyStatistics {
  readonly currency: string;
  readonly count: number;
  readonly minMinor: number;
  readonly lowerQuartileMinor: number;
  readonly medianMinor: number;
  readonly upperQuartileMinor: number;
  readonly maxMinor: number;
  /** Up to ten ranges of the same width, from the lowest price on. */
  readonly histogram: readonly PriceRange[];
}

const rangesMax = 10;

/** Works the statistics out by sorting all prices: the part that takes the processor for long. Needs a price in each currency. */
export function summarizePrices(all: readonly CurrencyPrices[]): CurrencyStatistics[] {
  return all.map(({ currency, prices }) => {
    const sorted = prices.toSorted();
    const at = (share: number) => sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1] ?? 0;
    return {
      currency,
      count: sorted.length,
      minMinor: at(0),
      lowerQuartileMinor: at(0.25),
      medianMinor: at(0.5),
      upperQuartileMinor: at(0.75),
      maxMinor: at(1),
      histogram: histogramOf(sorted, at(0), at(1)),
    };
  });
}

function histogramOf(prices: Float64Array, min: number, max: number): PriceRange[] {
  const width = Math.ceil((max - min + 1) / rangesMax);
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

/** The statistics, for the worker pool. */
export const priceStatistics: WorkerTask<readonly CurrencyPrices[], CurrencyStatistics[]> = {
  file: import.meta.url,
  run: summarizePrices,
};
