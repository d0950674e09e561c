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
    ['nonsense; =x; a=1', { a: '1' }],
    ['a=%20"q"', { a: '%20"q"' }],
  ])('reads %p', (header, cookies) => {
    expect({ ...parseCookies(header) }).toEqual(cookies);
  });

  it('has no names that nobody sent', () => {
    const cookies = parseCookies('a=1');
    expect(cookies['toString']).toBeUndefined();
    expect(parseCookies('__proto__=x')['__proto__']).toBe('x');
  });
});

describe('serializeCookie', () => {
  const cookie = { name: 'refresh', value: 'abc', maxAgeSeconds: 60, isSecure: true };

  it('keeps it from scripts, other sites and plain http', () => {
    expect(serializeCookie(cookie)).toBe(
      'refresh=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('leaves out Secure where there is no https', () => {
    expect(serializeCookie({ ...cookie, isSecure: false })).not.toContain('Secure');
  });

  it('removes it when there is no value', () => {
    expect(serializeCookie({ ...cookie, value: null })).toMatch(/^refresh=; Max-Age=0; Path=\//);
  });
});
