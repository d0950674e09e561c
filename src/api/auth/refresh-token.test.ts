import { describe, expect, it } from '@jest/globals';
import { createKeyRing } from './key-ring.ts';
import { createRefreshTokens, parseRefreshToken } from './refresh-token.ts';

const keys = createKeyRing('s'.repeat(40), undefined);
const id = '0190b8d2-1111-7222-8333-444455556666';
const session = { id, salt: 'salt', keyId: keys.current.id };
const tokens = createRefreshTokens(keys);

const isGenuine = (token: string, stored: typeof session | null = session, by = tokens): boolean => {
  const parsed = parseRefreshToken(token);
  return parsed !== null && by.isGenuine(parsed, stored);
};

describe('parseRefreshToken', () => {
  it('parses an issued token', () => {
    const token = tokens.issue(session, 42);
    expect(parseRefreshToken(token)).toEqual({ sessionId: id, generation: 42, mac: expect.any(Buffer) });
    expect(parseRefreshToken(token)?.mac).toHaveLength(32);
  });

  it.each([
    ['', 'nothing'],
    [`${id}.1`, 'no MAC'],
    [`${id}.1.${'A'.repeat(42)}`, 'a short MAC'],
    [`${id}.1.${'A'.repeat(44)}`, 'a long MAC'],
    [`${id}.1.${'A'.repeat(42)}B`, 'bits beyond the MAC'],
    [`${id}.1.${'A'.repeat(42)}=`, 'padding'],
    [`${id}.1.${'+'.repeat(42)}A`, 'standard base64'],
    [`${id}.0.${'A'.repeat(43)}`, 'generation 0'],
    [`${id}.01.${'A'.repeat(43)}`, 'a leading zero'],
    [`${id}.-1.${'A'.repeat(43)}`, 'a sign'],
    [`${id}.9999999999.${'A'.repeat(43)}`, 'a generation beyond the column'],
    [`${id.toUpperCase()}.1.${'A'.repeat(43)}`, 'upper case'],
    [`{${id}}.1.${'A'.repeat(43)}`, 'braces'],
    [` ${id}.1.${'A'.repeat(43)}`, 'a leading space'],
    [`${id}.1.${'A'.repeat(43)}\n`, 'a trailing newline'],
  ])('rejects %j: %s', (token, what) => {
    expect([what, parseRefreshToken(token)]).toEqual([what, null]);
  });
});

describe('createRefreshTokens', () => {
  it('recognizes every issued generation, and issues the same token for the same generation', () => {
    for (const generation of [1, 2, 999_999_999])
      expect(isGenuine(tokens.issue(session, generation))).toBe(true);
    expect(tokens.issue(session, 7)).toBe(tokens.issue(session, 7));
    expect(tokens.issue(session, 7)).not.toBe(tokens.issue(session, 8));
  });

  it('rejects the MAC of another generation, session or salt', () => {
    const [, , mac] = tokens.issue(session, 1).split('.');
    expect(isGenuine(`${id}.2.${mac}`)).toBe(false);
    expect(isGenuine(tokens.issue({ ...session, salt: 'other' }, 1))).toBe(false);
    const otherId = id.replace('0190', '0191');
    expect(isGenuine(`${otherId}.1.${mac}`, { ...session, id: otherId })).toBe(false);
  });

  it('rejects a token without a session', () => {
    expect(isGenuine(tokens.issue(session, 1), null)).toBe(false);
    expect(isGenuine(tokens.issue({ id, salt: '', keyId: keys.current.id }, 1), null)).toBe(false);
    expect(isGenuine(`${id}.1.${'A'.repeat(43)}`, null)).toBe(false);
  });

  it('rejects every token, even a zero MAC, if the key of the session is unknown', () => {
    const orphan = { ...session, keyId: 'dropped' };
    expect(isGenuine(tokens.issue(orphan, 1), orphan)).toBe(false);
    expect(isGenuine(tokens.issue(session, 1), orphan)).toBe(false);
    expect(isGenuine(`${id}.1.${'A'.repeat(43)}`, orphan)).toBe(false);
  });

  it('keeps using the key of the session while it is the previous key', () => {
    const during = createRefreshTokens(createKeyRing('n'.repeat(40), 's'.repeat(40)));
    expect(during.issue(session, 3)).toBe(tokens.issue(session, 3));
    expect(isGenuine(tokens.issue(session, 3), session, during)).toBe(true);
  });

  it('rejects a token forged without the key', () => {
    const stranger = createRefreshTokens(createKeyRing('x'.repeat(40), undefined));
    expect(isGenuine(stranger.issue(session, 1))).toBe(false);
  });
});
