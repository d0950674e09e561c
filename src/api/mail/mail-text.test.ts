import { describe, expect, it } from '@jest/globals';
import { neutralize, trustedText, publicName, text } from './mail-text.ts';

describe('neutralize', () => {
  it.each([
    ['Ann Smith', 'Ann Smith'],
    ['J.R.R. Tolkien', 'J. R. R. Tolkien'],
    ["Seán O'Brien-Müller", "Seán O'Brien-Müller"],
    ['李小龍', '李小龍'],
    ['Version 5.0 at 12:30', 'Version 5.0 at 12:30'],
    ['https://evil.example/login', 'evil. example/login'],
    ['HTTPS://EVIL.EXAMPLE', 'EVIL. EXAMPLE'],
    ['Win at https://evil.example now', 'Win at evil. example now'],
    ['www.evil.example', 'www. evil. example'],
    ['evil.example', 'evil. example'],
    ['evil.example:8080/x?y=1', 'evil. example: 8080/x?y=1'],
    ['http:\\\\evil.example', 'evil. example'],
    ['//evil.example', '//evil. example'],
    ['hxxps://evil.example', 'evil. example'],
    ['mailto:eve@evil.example', 'mailto: eve@evil. example'],
    ['eve@evil.example', 'eve@evil. example'],
    ['javascript:alert(1)', 'javascript: alert(1)'],
    ['evil\u3002example', 'evil. example'],
    ['evil\uff0eexample', 'evil. example'],
    ['evil\u2024example', 'evil. example'],
    ['ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ', 'evil. example'],
    ['evil\u200b.\u200bexample', 'evil. example'],
    ['evil\u00ad.example', 'evil. example'],
    ['\u202eelpmaxe.live', 'elpmaxe. live'],
    ['bücher.example', 'bücher. example'],
    ['пример.рф', 'пример. рф'],
    ['evil.xn--p1ai', 'evil. xn--p1ai'],
    ['http://203.0.113.7/x', '203. 0. 113. 7/x'],
    ['203.0.113.7', '203. 0. 113. 7'],
    ['Ann\r\n\r\nYour account is locked', 'Ann Your account is locked'],
    ['Ann\u2028Eve\u0000x', 'Ann Eve x'],
    ['\u200b\u200b', ''],
  ])('turns %j into %j', (quoted, shown) => {
    expect(neutralize(quoted)).toBe(shown);
  });

  it('truncates to 60 visible characters', () => {
    expect(neutralize('x'.repeat(61))).toBe('x'.repeat(60));
    expect(neutralize('😀'.repeat(61))).toBe('😀'.repeat(60));
    expect(neutralize('a.b'.repeat(40)).length).toBeLessThanOrEqual(60);
  });
});

describe('text', () => {
  const verified = { isVerified: true };
  const unverified = { isVerified: false };

  it('shows plain strings neutralized to verified recipients only', () => {
    const line = text`By ${'evil.example'}, ${3} times.`;
    expect(line.render(verified)).toBe('By evil. example, 3 times.');
    expect(line.render(unverified)).toBe('By , 3 times.');
    expect(line.hasUntrustedText()).toBe(true);
  });

  it('shows trusted text unchanged to everyone', () => {
    const line = text`Write to ${trustedText('help@shop.example')}.`;
    expect(line.render(unverified)).toBe('Write to help@shop.example.');
    expect(line.hasUntrustedText()).toBe(false);
  });

  it('finds user-written text inside nested text', () => {
    const outer = text`Outer ${text`inner ${'Eve'}`}`;
    expect(outer.hasUntrustedText()).toBe(true);
    expect(outer.render(unverified)).toBe('Outer inner ');
    expect(outer.render(verified)).toBe('Outer inner Eve');
  });

  it('shows a public name to everyone, neutralized', () => {
    expect(text`Join ${publicName('https://evil.example')}.`.render(unverified)).toBe('Join evil. example.');
  });
});
