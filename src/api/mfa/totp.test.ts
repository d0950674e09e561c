import { describe, expect, it } from '@jest/globals';
import { Secret } from 'otpauth';
import { newTotpSecret, otpauthUrlOf, stepOf } from './totp.ts';

// A secret and codes of RFC 6238, appendix B. Each code is the last six of its eight digits.
const rfcSecret = Secret.fromLatin1('12345678901234567890').base32;
const rfcCodes: [number, string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

const at = (seconds: number) => new Date(seconds * 1_000);

describe('stepOf', () => {
  it.each(rfcCodes)('accepts the code of the RFC for second %i', (seconds, code) => {
    expect(stepOf(code, rfcSecret, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it.each([
    [-60, false],
    [-31, false],
    [-30, true],
    [0, true],
    [30, true],
    [59, true],
    [60, false],
  ])('%i s after the start of its step, a code is valid: %s', (late, isValid) => {
    const step = 37_037_036;
    expect(stepOf('081804', rfcSecret, at(step * 30 + late))).toBe(isValid ? step : null);
  });

  it.each(['', '28708', '2870820', '12345é', '１２３４５６', '-87082', '28708 ', 'xxxxxx', '287082\n'])(
    'rejects %j',
    (text) => {
      expect(stepOf(text, rfcSecret, at(59))).toBeNull();
    },
  );
});

describe('newTotpSecret', () => {
  it('returns 20 different random bytes in base32 each time', () => {
    const secrets = Array.from({ length: 100 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });
});

describe('otpauthUrlOf', () => {
  it('contains the issuer and the account with special characters escaped', () => {
    const text = otpauthUrlOf(rfcSecret, { issuer: 'Lamps & Co: 1', label: 'ann+1@example.com' });
    const url = new URL(text);
    expect(text).toMatch(/^otpauth:\/\/totp\/Lamps%20%26%20Co%3A%201:ann%2B1%40example\.com\?/);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      issuer: 'Lamps & Co: 1',
      secret: rfcSecret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
