import { describe, expect, it } from '@jest/globals';
import { fromDecimal, toDecimal } from './decimal-money.ts';

const pairs: [number, string, string][] = [
  [1_250, 'EUR', '12.50'],
  [5, 'EUR', '0.05'],
  [0, 'EUR', '0.00'],
  [1_250, 'JPY', '1250'],
  [1_250, 'BHD', '1.250'],
  [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
];

describe('decimal money', () => {
  it.each(pairs)('converts %d minor units of %s to %s and back', (amountMinor, currency, decimal) => {
    expect(toDecimal(amountMinor, currency)).toBe(decimal);
    expect(fromDecimal(decimal, currency)).toBe(amountMinor);
  });

  it.each([
    ['12.5', 'EUR'],
    ['12', 'EUR'],
    ['-1.00', 'EUR'],
    ['1e2', 'EUR'],
    ['12.50', 'JPY'],
    ['', 'EUR'],
    ['90071992547409.92', 'EUR'],
    ['12.50', 'euro'],
  ])('returns null for %p %s', (decimal, currency) => {
    expect(fromDecimal(decimal, currency)).toBeNull();
  });
});
