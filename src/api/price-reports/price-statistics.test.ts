import { describe, expect, it } from '@jest/globals';
import { summarizePrices } from './price-statistics.ts';

const summaryOf = (...prices: number[]) => {
  const [summary] = summarizePrices([{ currency: 'EUR', prices: Float64Array.from(prices) }]);
  if (summary === undefined) throw new Error('There is no summary.');
  return summary;
};

describe('summarizePrices', () => {
  it('returns quartiles by nearest rank for unsorted prices', () => {
    expect(summaryOf(70, 10, 30, 50, 20, 60, 40)).toMatchObject({
      currency: 'EUR',
      count: 7,
      minMinor: 10,
      lowerQuartileMinor: 20,
      medianMinor: 40,
      upperQuartileMinor: 60,
      maxMinor: 70,
    });
  });

  it('sorts by amount, not by digits', () => {
    expect(summaryOf(9, 100, 20)).toMatchObject({ minMinor: 9, medianMinor: 20, maxMinor: 100 });
  });

  it('summarizes a single price', () => {
    expect(summaryOf(5)).toEqual({
      currency: 'EUR',
      count: 1,
      minMinor: 5,
      lowerQuartileMinor: 5,
      medianMinor: 5,
      upperQuartileMinor: 5,
      maxMinor: 5,
      histogram: [{ fromMinor: 5, toMinor: 5, count: 1 }],
    });
  });

  it.each([
    [[0, 1, 2]],
    [[0, 99]],
    [[0, 100, 100]],
    [[3, 3, 1_000_000, 7]],
    [Array.from({ length: 500 }, (_, index) => (index * 7_919) % 1_013)],
  ])('counts each price in one of up to ten adjacent ranges', (prices) => {
    const { histogram, minMinor, maxMinor } = summaryOf(...prices);
    expect(histogram.length).toBeLessThanOrEqual(10);
    expect(histogram[0]?.fromMinor).toBe(minMinor);
    expect(histogram.at(-1)?.toMinor).toBe(maxMinor);
    for (const [index, { fromMinor, toMinor, count }] of histogram.entries()) {
      if (index > 0) expect(fromMinor).toBe((histogram[index - 1]?.toMinor ?? 0) + 1);
      expect(count).toBe(prices.filter((price) => price >= fromMinor && price <= toMinor).length);
    }
  });

  it('summarizes each currency separately', () => {
    const summaries = summarizePrices([
      { currency: 'EUR', prices: Float64Array.of(1) },
      { currency: 'USD', prices: Float64Array.of(2, 3) },
    ]);
    expect(summaries.map(({ currency, count }) => [currency, count])).toEqual([
      ['EUR', 1],
      ['USD', 2],
    ]);
  });
});
