import { describe, expect, it } from '@jest/globals';
import { canonicalEmail, legacyEmail } from './email.ts';

describe('canonicalEmail', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada@Example.COM\n', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada＠example.com', 'ada@example.com'],
    ['ada@ｅxample.com', 'ada@example.com'],
    ['e\u0301@example.com', '\u00e9@example.com'],
    ['a.d.a+tag@example.com', 'a.d.a+tag@example.com'],
    ['ü@bücher.example', 'ü@xn--bcher-kva.example'],
    ['ü@bu\u0308cher.example', 'ü@xn--bcher-kva.example'],
    ['Ü@BÜCHER.example', 'ü@xn--bcher-kva.example'],
    ['ü@XN--BCHER-KVA.example', 'ü@xn--bcher-kva.example'],
    ['ada@straße.example', 'ada@xn--strae-oqa.example'],
    ['ada@example\u3002com', 'ada@example.com'],
    ['ada@bücher\uff61example', 'ada@xn--bcher-kva.example'],
    ['ada@münchen\uff0eexample', 'ada@xn--mnchen-3ya.example'],
  ])('canonicalizes %j to %j', (address, canonical) => {
    expect(canonicalEmail(address)).toBe(canonical);
    expect(canonicalEmail(canonical)).toBe(canonical);
  });

  it('is idempotent for every character, in both parts', () => {
    const isStable = (address: string) => {
      const once = canonicalEmail(address);
      return once === null || canonicalEmail(once) === once;
    };
    const unstable: string[] = [];
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!isStable(`a${character}b@example.com`) || !isStable(`a@b${character}c.example`))
        unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it.each([
    ['an invalid encoded label', 'ada@xn--.example'],
    ['a label that decodes to nothing valid', 'ada@xn--99999999.example'],
    ['an encoded label that needs no encoding', 'ada@xn--abc-.example'],
    ['an encoded label of another case', 'ada@xn--Bcher-KVA1.example'],
    ['an encoded joiner out of place', 'ada@xn--1ug.example'],
    ['a percent sign', 'ada@bü%63her.example'],
    ['a slash', 'ada@bücher/x.example'],
    ['a port', 'ada@bücher.example:25'],
    ['a number as the last label', 'ada@bücher.1'],
  ])('returns null for a domain with %s', (_what, address) => {
    expect(canonicalEmail(address)).toBeNull();
  });

  it.each([
    ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180e', '\u200b', '\u200c', '\u200d'],
    ...['\u200e', '\u202a', '\u202e', '\u2060', '\u2066', '\u2069', '\u2800', '\u3000', '\u3164', '\ufe0f'],
    ...['\ufeff', '\uffa0', '\ufff9', '\uffff', '\ue000', '\u{e0041}', '\u{e0100}', '\u{1d159}', '\u0007'],
  ])('returns null for an address with the invisible character %j', (character) => {
    expect(canonicalEmail(`a${character}da@example.com`)).toBeNull();
    expect(canonicalEmail(`ada@ex${character}ample.com`)).toBeNull();
  });
});

describe('legacyEmail', () => {
  it('returns the form used by older accounts', () => {
    expect(legacyEmail(' Ü@BÜCHER.example ')).toBe('ü@bücher.example');
  });
});
