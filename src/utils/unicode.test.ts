import { describe, expect, it } from '@jest/globals';
import { countCharacters, countContent, hasVisibleContent, withoutIgnorable } from './unicode.ts';

describe('hasVisibleContent', () => {
  it.each([
    ...['', ' ', '\t\n', '\u00a0', '\u1680', '\u2028', '\u3000', '\u0000', '\u0085', '\u00ad', '\u034f'],
    ...['\u061c', '\u115f', '\u1160', '\u17b5', '\u180b', '\u180e', '\u200b', '\u200c', '\u200d', '\u200e'],
    ...['\u202e', '\u2060', '\u2064', '\u2069', '\u2800', '\u3164', '\ufe00', '\ufe0f', '\ufeff', '\uffa0'],
    ...['\ufffb', '\uffff', '\u{e0001}', '\u{e0041}\u{e007f}', '\u{e01ef}', '\u{1d159}', '\u{13441}'],
    ' \u200b\u2800\u3164 ',
  ])('returns false for %j', (text) => {
    expect(hasVisibleContent(text)).toBe(false);
  });

  it.each([
    'a',
    '\u200ba',
    '👩\u200d👩\u200d👧',
    '❤\ufe0f',
    'می\u200cخواهم',
    '!',
    '€',
    '\u0301',
    '\uf8ff',
    '१',
  ])('returns true for %j', (text) => {
    expect(hasVisibleContent(text)).toBe(true);
  });
});

describe('counting', () => {
  it('counts characters, and content without ignorable ones', () => {
    expect(countCharacters('🐎a\u0301')).toBe(3);
    expect(countContent('ab\u200b c\u00ad')).toBe(4);
    expect(withoutIgnorable('pass\u00adword\u{e0041}')).toBe('password');
  });
});
