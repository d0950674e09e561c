import { describe, expect, it } from '@jest/globals';
import { parseCookies, serializeCookie } from './cookies.ts';

describe('parseCookies', () => {
  it.each([
    [undefined, {}],
    ['', {}],
    ['a=1', { a: '1' }],
    ['a=1; b=2;c=3', { a: '1', b: '2', c: '3' }],
    ['a=x=y==', { a: 'x=y==' }],
    ['a=first; a=second', { a: 'first' }],
    ['a=; b=1', { a: '', b: '1' }],
    ['nonsense; a=1; nonsense', { a: '1' }],
    ['a=%20"q"', { a: '%20"q"' }],
    ['a=%zz', { a: '%zz' }],
  ])('reads %p', (header, cookies) => {
    expect({ ...parseCookies(header) }).toEqual(cookies);
  });

  it('contains no inherited names', () => {
    const cookies = parseCookies('a=1');
    expect(cookies['toString']).toBeUndefined();
    expect(parseCookies('__proto__=x')['__proto__']).toBe('x');
  });
});

describe('serializeCookie', () => {
  const cookie = { name: 'refresh', value: 'abc', maxAgeSeconds: 60, isSecure: true };

  it('hides the cookie from scripts, other sites and plain http', () => {
    expect(serializeCookie(cookie)).toBe(
      'refresh=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('omits Secure without https', () => {
    expect(serializeCookie({ ...cookie, isSecure: false })).not.toContain('Secure');
  });

  it('deletes the cookie if the value is null', () => {
    expect(serializeCookie({ ...cookie, value: null })).toMatch(/^refresh=; Max-Age=0; Path=\//);
  });

  it.each(['a;b', 'a\nb'])('rejects a value that would end the cookie: %j', (value) => {
    expect(() => serializeCookie({ ...cookie, value })).toThrow(TypeError);
  });
});
