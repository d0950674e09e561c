import { describe, expect, it } from '@jest/globals';
import { canonicalEmail } from './email.ts';

describe('canonicalEmail', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada@Example.COM\n', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada@ｅxample.com', 'ada@example.com'],
    ['e\u0301@example.com', '\u00e9@example.com'],
    ['a.d.a+tag@example.com', 'a.d.a+tag@example.com'],
  ])('writes %p as %p', (address, canonical) => {
    expect(canonicalEmail(address)).toBe(canonical);
    expect(canonicalEmail(canonical)).toBe(canonical);
  });
});
