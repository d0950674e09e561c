import { describe, expect, it } from '@jest/globals';
import { widensKey } from './widening.ts';

const key = { allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'], quotaPerMinute: 60, quotaPerDay: 1_000 };

describe('widensKey', () => {
  it.each([
    ['a larger quota per minute', { quotaPerMinute: 61 }],
    ['a larger quota per day with a smaller one per minute', { quotaPerMinute: 1, quotaPerDay: 1_001 }],
    ['any address', { allowedAddresses: [] }],
    ['another address', { allowedAddresses: ['10.0.0.0/8', '203.0.113.7'] }],
    ['a larger network', { allowedAddresses: ['0.0.0.0/0'] }],
    ['a network of the other IP version', { allowedAddresses: ['::/0'] }],
    ['a network one bit larger', { allowedAddresses: ['2001:db8::/31'] }],
  ])('returns true for %s', (_case, changes) => {
    expect(widensKey(key, changes)).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['the same', key],
    ['smaller quotas', { quotaPerMinute: 59, quotaPerDay: 999 }],
    ['one network less', { allowedAddresses: ['10.0.0.0/8'] }],
    ['addresses inside the networks', { allowedAddresses: ['10.1.0.0/16', '10.9.9.9', '2001:db8::1'] }],
  ])('returns false for %s', (_case, changes) => {
    expect(widensKey(key, changes)).toBe(false);
  });

  it('returns false for a list of addresses if any address was allowed', () => {
    expect(widensKey({ ...key, allowedAddresses: [] }, { allowedAddresses: ['203.0.113.7'] })).toBe(false);
  });
});
