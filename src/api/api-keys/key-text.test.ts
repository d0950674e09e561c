import { describe, expect, it } from '@jest/globals';
import { formatKey, hashSecret, isSecretOf, makePrefix, makeSecret, parseKey } from './key-text.ts';

describe('the text of a key', () => {
  it('parses to the parts it was formatted from', () => {
    const parts = { prefix: makePrefix(), secret: makeSecret() };
    expect(formatKey(parts)).toMatch(/^strata_[0-9a-f]{16}_[0-9a-f]{64}$/);
    expect(parseKey(formatKey(parts))).toEqual(parts);
    expect(makeSecret()).not.toBe(parts.secret);
  });

  it.each(['', 'strata', 'strata__', `strata_${'0'.repeat(16)}_`, `x${formatKey({ prefix: '0'.repeat(16), secret: '0'.repeat(64) })}`, `${formatKey({ prefix: '0'.repeat(16), secret: '0'.repeat(64) })}\n`])('rejects %j', (text) => {
    expect(parseKey(text)).toBeNull();
  }); // prettier-ignore

  it('matches the hash of its secret only', () => {
    const secret = makeSecret();
    expect(isSecretOf(hashSecret(secret), secret)).toBe(true);
    expect(isSecretOf(hashSecret(secret), makeSecret())).toBe(false);
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
