import { describe, expect, it } from '@jest/globals';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';

const ann = '0190b8d2-1111-7222-8333-444455556666';
const bob = '0190b8d2-1111-7222-8333-444455557777';

describe('newRecoveryCodes', () => {
  it('returns ten codes of 130 bits each, without easily confused letters', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes)
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){5}-[0-9a-hjkmnp-tv-z]{2}$/);
  });

  it('uses every character at every position', () => {
    const codes = Array.from({ length: 200 }, newRecoveryCodes)
      .flat()
      .map((code) => code.replaceAll('-', ''));
    for (let position = 0; position < 26; position += 1)
      expect(new Set(codes.map((code) => code.charAt(position))).size).toBe(32);
  });
});

describe('hashOfRecoveryCode', () => {
  const code = '0a1b-c1d2-e3f4-g5h6';

  it.each([
    '0a1bc1d2e3f4g5h6',
    '0A1B-C1D2-E3F4-G5H6',
    ' 0a1b c1d2 e3f4 g5h6 ',
    'oaib-cld2-e3f4-g5h6',
    'OAIB-CLD2-E3F4-G5H6',
  ])('treats %j as the same code', (written) => {
    expect(hashOfRecoveryCode(ann, written)).toBe(hashOfRecoveryCode(ann, code));
  });

  it('differs for another code and for another user', () => {
    expect(hashOfRecoveryCode(ann, '0a1b-c1d2-e3f4-g5h7')).not.toBe(hashOfRecoveryCode(ann, code));
    expect(hashOfRecoveryCode(bob, code)).not.toBe(hashOfRecoveryCode(ann, code));
    expect(hashOfRecoveryCode(ann, code)).not.toContain('0a1b');
  });
});
