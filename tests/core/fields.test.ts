import { describe, expect, it } from '@jest/globals';
import { dayText, momentText } from '../../src/core/moment.ts';
import { decimal, freeForm, nullable, oneOf } from '../../src/core/schema.ts';

const takes = (schema: { validate(value: unknown, options: object): { error?: unknown } }, value: unknown) =>
  schema.validate(value, { convert: false }).error === undefined;

describe('dayText', () => {
  it('accepts exactly the days of the calendar', () => {
    for (const year of [1, 4, 1900, 2000, 2024, 2026, 9999]) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const moment = new Date(`${text}T00:00:00Z`);
          const isDay = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
          expect([text, takes(dayText(), text)]).toEqual([text, isDay]);
        }
      }
    }
  });

  it.each(['0000-01-01', '2026-1-31', '2026-01-31\n', '2026-01-31T00:00:00Z', ' 2026-01-31', '20260131'])(
    'is not %j',
    (text) => {
      expect(takes(dayText(), text)).toBe(false);
    },
  );
});

describe('momentText', () => {
  it.each([
    ['2026-01-31T09:30:00Z', true],
    ['2024-02-29T23:59:59.999Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-01-31T24:00:00Z', false],
    ['2026-01-31T09:30:00+01:00', false],
    ['2026-01-31', false],
  ])('%s: %s', (text, isOne) => {
    expect(takes(momentText(), text)).toBe(isOne);
  });
});

describe('decimal', () => {
  it.each([
    ['0.00', true],
    ['12.50', true],
    ['-0.01', true],
    ['9999999999.99', true],
    ['10000000000.00', false],
    ['12.5', false],
    ['012.50', false],
    ['-0.00', false],
    ['12', false],
    ['.50', false],
    ['1e5.00', false],
    [12.5, false],
  ])('%s: %s', (value, isOne) => {
    expect(takes(decimal(12, 2), value)).toBe(isOne);
  });

  it('accepts no sign if the minimum is 0', () => {
    expect(takes(decimal(4, 3, { min: 0 }), '1.500')).toBe(true);
    expect(takes(decimal(4, 3, { min: 0 }), '-1.500')).toBe(false);
  });
});

describe('freeForm', () => {
  it('accepts any object or array up to its size in bytes', () => {
    expect(takes(freeForm(20), { any: [1, null] })).toBe(true);
    expect(takes(freeForm(20), [])).toBe(true);
    expect(takes(freeForm(20), ['ä'.repeat(8)])).toBe(true);
    expect(takes(freeForm(20), ['ä'.repeat(9)])).toBe(false);
    for (const value of [null, 'text', 1, true]) expect(takes(freeForm(20), value)).toBe(false);
  });
});

describe('nullable oneOf', () => {
  it('contains null in its JSON Schema', () => {
    const schema = nullable(oneOf('a', 'b'));
    expect([null, 'a', 'c'].map((value) => takes(schema, value))).toEqual([true, true, false]);
    expect(schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })).toEqual({
      anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }],
    });
  });
});
