import { describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import { AppError } from '../../src/core/errors.ts';
import type { Language } from '../../src/core/languages.ts';
import { arrayOf, integer, object, optional, text, uuid, withDefault } from '../../src/core/schema.ts';
import { assertSafeJson, compileValidator } from '../../src/http/validate.ts';

const nothing = { params: {}, query: {}, body: undefined };

describe('validation of a query', () => {
  const validate = compileValidator({
    query: object({
      n: optional(integer(-10, 1_000)),
      price: optional(Joi.number()),
      flag: optional(Joi.boolean()),
      word: optional(text(0, 10)),
      words: optional(arrayOf(text(1, 10))),
      limit: withDefault(integer(1, 9), 5),
    }),
  });
  const read = (query: object) => validate({ ...nothing, query });
  const valueOf = (query: object) => read(query).values.query;
  const rulesOf = (query: object) => read(query).issues.map(({ path, rule }) => [path, rule]);

  it('converts numbers in their canonical spelling', () => {
    expect(valueOf({ n: '5' })).toEqual({ n: 5, limit: 5 });
    expect(valueOf({ n: '-3' })).toEqual({ n: -3, limit: 5 });
    expect(valueOf({ n: '0' })).toEqual({ n: 0, limit: 5 });
    expect(valueOf({ price: '1.25' })).toEqual({ price: 1.25, limit: 5 });
  });

  it.each([
    ...[
      ' 5 ',
      '5 ',
      '+5',
      '1e2',
      '0x10',
      '007',
      '-0',
      '5.0',
      '5.',
      '.5',
      '1_000',
      '１',
      'NaN',
      'Infinity',
      '',
    ],
    '9'.repeat(40),
  ])('refuses the number %p', (n) => {
    expect(rulesOf({ n })).toEqual([['n', 'number.base']]);
  });

  it('converts only true and false to booleans', () => {
    expect(valueOf({ flag: 'true' })).toEqual({ flag: true, limit: 5 });
    expect(valueOf({ flag: 'false' })).toEqual({ flag: false, limit: 5 });
    for (const flag of ['TRUE', '1', '0', 'yes', '', ' true']) {
      expect(rulesOf({ flag })).toEqual([['flag', 'boolean.base']]);
    }
  });

  it('does not change text', () => {
    expect(valueOf({ word: ' 5 ' })).toEqual({ word: ' 5 ', limit: 5 });
    expect(valueOf({ word: 'true' })).toEqual({ word: 'true', limit: 5 });
  });

  it('accepts repeated keys only for arrays', () => {
    expect(rulesOf({ word: ['a', 'b'] })).toEqual([['word', 'any.repeated']]);
    expect(rulesOf({ n: ['1', 'x'] })).toEqual([['n', 'any.repeated']]);
    expect(valueOf({ words: 'a' })).toEqual({ words: ['a'], limit: 5 });
    expect(valueOf({ words: ['a', 'b'] })).toEqual({ words: ['a', 'b'], limit: 5 });
  });

  it('writes messages in the requested language, or in English', () => {
    const messagesIn = (language?: Language | null) =>
      validate({ ...nothing, query: { n: 'x', word: 'a'.repeat(11) } }, language).issues.map(
        ({ message }) => message,
      );
    const english = ['must be a number', 'length must be less than or equal to 10 characters long'];
    // #region de
    expect(messagesIn('de')).toEqual(['muss eine Zahl sein', 'darf höchstens 10 Zeichen lang sein']);
    // #endregion
    for (const language of ['en', null, undefined] as const) expect(messagesIn(language)).toEqual(english);
  });

  it('lists all issues, each once', () => {
    expect(rulesOf({ n: 'x', flag: '2', limit: '10', word: ['a', 'b'], other: '1' }).sort()).toEqual([
      ['flag', 'boolean.base'],
      ['limit', 'number.max'],
      ['n', 'number.base'],
      ['other', 'object.unknown'],
      ['word', 'any.repeated'],
    ]);
  });

  it('refuses text that PostgreSQL cannot store', () => {
    expect(rulesOf({ word: 'a\0b' })).toEqual([['word', 'string.unsafe']]);
    expect(rulesOf({ words: ['a', '\ud800'] })).toEqual([['words', 'string.unsafe']]);
  });

  it('ignores the keys of Object.prototype', () => {
    expect(rulesOf({ toString: 'x', constructor: 'y' })).toEqual([
      ['toString', 'object.unknown'],
      ['constructor', 'object.unknown'],
    ]);
  });
});

describe('validation of a body', () => {
  const validate = compileValidator({ body: object({ n: integer(0, 9), flag: optional(Joi.boolean()) }) });
  const rulesOf = (body: unknown) =>
    validate({ ...nothing, body }).issues.map((issue) => [issue.in, issue.path, issue.rule]);

  it('converts nothing', () => {
    expect(validate({ ...nothing, body: { n: 5 } }).values.body).toEqual({ n: 5 });
    expect(rulesOf({ n: '5' })).toEqual([['body', 'n', 'number.base']]);
    expect(rulesOf({ n: 1, flag: 'true' })).toEqual([['body', 'flag', 'boolean.base']]);
    expect(rulesOf(undefined)).toEqual([['body', '', 'any.required']]);
    expect(rulesOf([])).toEqual([['body', '', 'object.base']]);
  });

  it('accepts no body or {} if none is declared', () => {
    const none = compileValidator({});
    expect(none(nothing).issues).toEqual([]);
    expect(none({ ...nothing, body: {} }).issues).toEqual([]);
    expect(none({ ...nothing, body: { a: 1 } }).issues).toMatchObject([{ in: 'body', path: 'a' }]);
    expect(none({ ...nothing, query: { a: '1' } }).issues).toMatchObject([{ in: 'query', path: 'a' }]);
  });

  it('reports issues together with those of path and query', () => {
    const all = compileValidator({
      params: object({ id: uuid() }),
      body: object({ a: object({ b: text(1, 2) }) }),
    });
    const { issues } = all({ params: { id: '1' }, query: { x: '1' }, body: { a: { b: '' } } });
    expect(issues.map((issue) => `${issue.in}:${issue.path}`)).toEqual(['params:id', 'query:x', 'body:a.b']);
  });
});

describe('assertSafeJson', () => {
  const ruleOf = (body: unknown): unknown => {
    try {
      assertSafeJson(body);
      return null;
    } catch (error) {
      return error instanceof AppError ? error.details[0]?.['rule'] : error;
    }
  };
  const nested = (depth: number): unknown =>
    Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 'x');

  it('accepts ordinary bodies', () => {
    expect(ruleOf({ a: [1, 'x', null, { b: true }], c: '\u{1F600}' })).toBeNull();
    expect(ruleOf(undefined)).toBeNull();
  });

  it.each([
    ['NUL', { a: ['x\0'] }, 'string.unsafe'],
    ['NUL in a key', { 'a\0': 1 }, 'string.unsafe'],
    ['half a surrogate pair', { a: '\ud83d' }, 'string.unsafe'],
    ['__proto__', JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}') as unknown, 'json.proto'],
    ['depth', nested(33), 'json.depth'],
    ['depth far beyond the stack', nested(50_000), 'json.depth'],
    ['too many items', Array.from({ length: 1_001 }, () => 1), 'json.keys'],
  ])('refuses %s', (_name, body, rule) => {
    expect(ruleOf(body)).toBe(rule);
  });

  it('accepts bodies at the limits', () => {
    expect(ruleOf(nested(32))).toBeNull();
    expect(ruleOf(Array.from({ length: 1_000 }, () => 1))).toBeNull();
  });
});
