import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../../tests/helpers/fakes.ts';
import { createAccessTokens } from './access-token.ts';
import { createKeyRing } from './key-ring.ts';

const id = '0190b8d2-1111-7222-8333-444455556666';
const [oldSecret, newSecret] = ['o'.repeat(40), 'n'.repeat(40)];

describe('createAccessTokens', () => {
  let clock: FakeClock;

  beforeEach(() => {
    clock = createFakeClock(new Date('2030-01-01T00:00:00.900Z'));
  });

  const createTokens = (overrides: object = {}) =>
    createAccessTokens({
      keys: createKeyRing(newSecret, undefined),
      issuer: 'strata',
      audience: 'strata-api',
      ttlSeconds: 900,
      clock,
      ids: { next: () => id },
      ...overrides,
    });

  const issue = (tokens = createTokens()) =>
    tokens.issue({
      userId: id,
      sessionId: id,
      tokenVersion: 3,
      roles: ['user'],
      authTime: new Date(1_000_999),
    });

  it('returns the claims it issued, in whole seconds', () => {
    const iat = Date.UTC(2030, 0, 1) / 1_000;
    expect(createTokens().verify(issue())).toEqual({
      iss: 'strata',
      aud: 'strata-api',
      sub: id,
      sid: id,
      tv: 3,
      roles: ['user'],
      iat,
      exp: iat + 900,
      jti: id,
      auth_time: 1_000,
    });
  });

  it.each([
    [0, true],
    [904_000, true],
    [905_000, false],
    [1e12, false],
    [-5_000, true],
    [-6_000, false],
  ])('after %i ms, a token is valid: %s', (ms, isValid) => {
    const token = issue();
    clock.advance(ms);
    expect(createTokens().verify(token) !== null).toBe(isValid);
  });

  it('rejects a token with a longer lifetime than the current setting', () => {
    expect(createTokens({ ttlSeconds: 899 }).verify(issue())).toBeNull();
    expect(createTokens({ ttlSeconds: 901 }).verify(issue())).not.toBeNull();
  });

  it.each([{ issuer: 'other' }, { audience: 'other' }, { keys: createKeyRing(oldSecret, undefined) }])(
    'rejects a token issued with %j',
    (overrides) => {
      expect(createTokens().verify(issue(createTokens(overrides)))).toBeNull();
    },
  );

  it('accepts the previous key and signs with the current one', () => {
    const before = createTokens({ keys: createKeyRing(oldSecret, undefined) });
    const during = createTokens({ keys: createKeyRing(newSecret, oldSecret) });
    expect(during.verify(issue(before))).not.toBeNull();
    expect(createTokens().verify(issue(during))).not.toBeNull();
    expect(before.verify(issue(during))).toBeNull();
  });

  it.each(['', '.', 'a.b.c', 'a'.repeat(10_000)])('rejects a malformed token', (text) => {
    expect(createTokens().verify(text)).toBeNull();
  });

  it('rejects a token with any character of its signature changed', () => {
    const token = issue();
    const start = token.lastIndexOf('.') + 1;
    for (let at = start; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(createTokens().verify(changed)).toBeNull();
    }
  });
});
