import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it('returns equal text for equal values, whatever the key order', () => {
    const text = '{"a":{"x":[{"b":1,"c":2}],"y":null},"z":"ü"}';
    expect(canonicalJson({ z: 'ü', a: { y: null, x: [{ c: 2, b: 1 }] } })).toBe(text);
    expect(canonicalJson({ a: { x: [{ b: 1, c: 2 }], y: null }, z: 'ü' })).toBe(text);
  });

  it('keeps the order of arrays and distinguishes types', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson({ a: 1 })).not.toBe(canonicalJson({ a: '1' }));
    expect(canonicalJson({ a: undefined })).toBe('{}');
  });

  it('keeps a key named __proto__', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
  });

  it('serializes dates as JSON does', () => {
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});
