import { describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import { momentText } from '../../src/core/moment.ts';
import { listQuery, type ListQuery } from '../../src/core/pagination.ts';
import {
  arrayOf,
  email,
  integer,
  nullable,
  object,
  oneOf,
  optional,
  partial,
  text,
  timestamp,
  uuid,
  withDefault,
  type Infer,
  type Schema,
} from '../../src/core/schema.ts';

/** `true` if two types are identical. `any` is identical only to `any`. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the type is `true`. */
const proveType = <Proof extends true>(): Proof | undefined => undefined;

const role = oneOf('user', 'admin');
const line = object({ id: uuid(), quantity: integer(1, 10), note: optional(nullable(text(0, 20))) });

const everything = object({
  name: text(1, 5),
  age: integer(0, 150),
  isNew: Joi.boolean(),
  role,
  roles: arrayOf(role, { min: 1, unique: true }),
  limit: withDefault(integer(1, 100), 20),
  tags: withDefault(arrayOf(Joi.string()), []),
  nothing: nullable(integer(0, 1)),
  nick: optional(text(0, 10)),
  lines: arrayOf(line),
  inner: object({ at: timestamp(), deep: optional(object({ email: email() })) }),
});

interface Everything {
  name: string;
  age: number;
  isNew: boolean;
  role: 'user' | 'admin';
  roles: ('user' | 'admin')[];
  limit: number;
  tags: string[];
  nothing: number | null;
  nick?: string;
  lines: { id: string; quantity: number; note?: string | null }[];
  inner: { at: string; deep?: { email: string } };
}

const schemas = {
  everything,
  role,
  line,
  partial: partial(object({ a: integer(0, 9), c: withDefault(role, 'user') })),
  nested: arrayOf(arrayOf(nullable(role))),
  // A Joi schema inside a shape must keep its type.
  inPlace: object({ s: Joi.string(), n: Joi.number(), b: Joi.boolean(), o: optional(Joi.boolean()) }),
  inArray: arrayOf(Joi.string()),
  list: listQuery(['a'], 'a', { status: optional(role), flag: optional(Joi.boolean()) }),
};

type Of<Name extends keyof typeof schemas> = Infer<(typeof schemas)[Name]>;

describe('types of schemas', () => {
  it('are exact (checked by tsc)', () => {
    proveType<Equal<Of<'everything'>, Everything>>();
    proveType<Equal<Of<'role'>, 'user' | 'admin'>>();
    proveType<Equal<Of<'line'>['note'], string | null | undefined>>();
    proveType<Equal<Of<'partial'>, { a?: number; c?: 'user' | 'admin' }>>();
    proveType<Equal<Of<'nested'>, ('user' | 'admin' | null)[][]>>();
    proveType<Equal<Of<'inPlace'>, { s: string; n: number; b: boolean; o?: boolean }>>();
    proveType<Equal<Of<'inArray'>, string[]>>();
    proveType<Equal<Of<'list'>['status'], 'user' | 'admin' | undefined>>();
    proveType<Equal<Of<'list'>['flag'], boolean | undefined>>();
    proveType<Equal<Of<'list'>['limit'], ListQuery['limit']>>();
    expect(Object.values(schemas).every((schema) => Joi.isSchema(schema))).toBe(true);
  });

  it('are never any', () => {
    type AnyIn<T> = { [K in keyof T]: 0 extends 1 & T[K] ? K : never }[keyof T];
    proveType<Equal<AnyIn<Required<Of<'everything'>>>, never>>();
    proveType<Equal<AnyIn<Required<Of<'everything'>['lines'][number]>>, never>>();
    proveType<Equal<AnyIn<Required<Of<'everything'>['inner']>>, never>>();
    proveType<Equal<AnyIn<Required<Of<'list'>>>, never>>();
    // @ts-expect-error proves the check: `any` is not identical to string
    proveType<Equal<Infer<Joi.AnySchema>, string>>();
    expect(proveType).toBeDefined();
  });

  it('refuse values of other types', () => {
    type Body = Infer<typeof line>;
    const good: Body = { id: 'x', quantity: 1 };
    // @ts-expect-error a required key is missing
    const missing: Body = { id: 'x' };
    // @ts-expect-error an optional key must be omitted, not undefined (exactOptionalPropertyTypes)
    const undefinedKey: Body = { id: 'x', quantity: 1, note: undefined };
    // @ts-expect-error unknown role
    const wrong: Infer<typeof role> = 'guest';
    // @ts-expect-error the default must be a value of the schema
    withDefault(role, 'guest');
    // @ts-expect-error only Joi creates schemas
    const notASchema = () => object({ a: 5 });
    expect([good, missing, undefinedKey, wrong]).toHaveLength(4);
    expect(notASchema).toThrow();
  });
});

const options = { convert: false, abortEarly: false } as const;
const rulesOf = (schema: Joi.AnySchema, value: unknown) =>
  (schema.validate(value, options).error?.details ?? []).map(({ path, type }) => [path.join('.'), type]);

describe('object', () => {
  it('requires all keys except optional ones, and refuses unknown ones', () => {
    const schema = object({ a: integer(0, 9), b: optional(integer(0, 9)), c: withDefault(integer(0, 9), 3) });
    expect(schema.validate({ a: 1 }, options).value).toEqual({ a: 1, c: 3 });
    expect(rulesOf(schema, {})).toEqual([['a', 'any.required']]);
    expect(rulesOf(schema, { a: 1, d: 1 })).toEqual([['d', 'object.unknown']]);
    expect(rulesOf(schema, undefined)).toEqual([['', 'any.required']]);
    expect(rulesOf(schema, { a: null })).toEqual([['a', 'number.base']]);
  });

  it('copies the default for each value', () => {
    const schema = object({ tags: withDefault(arrayOf(Joi.string()), []) });
    const first = schema.validate({}).value as { tags: string[] };
    first.tags.push('x');
    expect(schema.validate({}).value).toEqual({ tags: [] });
  });

  it('throws an error that says what to do for a value that is not a schema', () => {
    const shape = { a: {} } as unknown as { a: Schema };
    expect(() => object(shape)).toThrow('build it with core/schema or with Joi');
  });
});

describe('partial', () => {
  const schema = partial(object({ a: integer(0, 9), b: text(1, 9), c: withDefault(integer(0, 9), 3) }));

  it('accepts some keys, but not none', () => {
    expect(schema.validate({ b: 'x' }, options).error).toBeUndefined();
    expect(rulesOf(schema, {})).toEqual([['', 'object.min']]);
    expect(rulesOf(schema, { a: 'x', d: 1 })).toEqual([
      ['a', 'number.base'],
      ['d', 'object.unknown'],
    ]);
  });

  it('does not apply defaults to omitted keys', () => {
    expect(schema.validate({ a: 1 }, options).value).toEqual({ a: 1 });
  });
});

describe('values', () => {
  const cases: [string, Joi.AnySchema, unknown[], unknown[]][] = [
    ['integer', integer(1, 5), [1, 5], [0, 6, 1.5, '1', NaN, Infinity, null]],
    ['text', text(1, 3), ['a', ' a '], ['', '   ', 'abcd', 1]],
    ['text that may be empty', text(0, 3), ['', 'abc', ' ', '\u200b'], ['abcd', null]],
    [
      'text of characters and not of units',
      text(2, 3),
      ['🐎🐎', '🐎🐎🐎', 'e\u0301e\u0301e\u0301'],
      ['🐎', '🐎🐎🐎🐎', 'e\u0301', 'a\u200b', '\u00ad\u00ad'],
    ],
    [
      'text that shows something',
      text(1, 9),
      ['a\u200b', '❤\ufe0f'],
      ['\u200b', '\u2800', '\u3164', '\ufeff '],
    ],
    ['oneOf', oneOf('a', 'b'), ['a'], ['A', 'c', '', null]],
    ['nullable', nullable(integer(0, 1)), [null, 1], [2, '']],
    [
      'arrayOf',
      arrayOf(integer(0, 9), { min: 1, max: 2, unique: true }),
      [[1], [1, 2]],
      [[], [1, 1], [1, 2, 3], 1],
    ],
    [
      'uuid',
      uuid(),
      ['0195f2d0-0000-7000-8000-000000000000', '0195F2D0-0000-7000-8000-00000000000A'],
      ['{0195f2d0-0000-7000-8000-000000000000}', '0195f2d0000070008000000000000000', '1', ''],
    ],
    [
      'email',
      email(),
      ['a@b.example', 'admin@corp.internal'],
      ['a', '@b', 'a@b@c', `${'a'.repeat(250)}@b.de`, 'a\u200b@b.de', 'a@xn--.de', 'a@b.de.', 'a@bü.de.'],
    ],
  ];

  it.each(cases)('%s', (_name, schema, good, bad) => {
    for (const value of good)
      expect([value, schema.validate(value, options).error]).toEqual([value, undefined]);
    for (const value of bad)
      expect([value, schema.validate(value, options).error]).not.toEqual([value, undefined]);
  });
});

describe('canonical text', () => {
  const id = '0195f2d0-0000-7000-8000-00000000000a';

  it.each<[string, Joi.AnySchema, string, string]>([
    ['text in NFC', text(1, 9), 'cafe\u0301', 'caf\u00e9'],
    ['text in NFKC', text(1, 9, 'NFKC'), '１２３', '123'],
    ['a UUID in lower case', uuid(), id.toUpperCase(), id],
    ['an address in IDNA', email(), ' Ü@BÜCHER.example', 'ü@xn--bcher-kva.example'],
    ['a moment with milliseconds', momentText(), '2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
  ])('returns %s, even without conversion', (_name, schema, given, canonical) => {
    expect(schema.validate(given, options)).toEqual({ value: canonical });
    expect(object({ a: arrayOf(schema) }).validate({ a: [given] }, options).value).toEqual({
      a: [canonical],
    });
    expect(schema.validate(canonical, options)).toEqual({ value: canonical });
  });

  it('detects two spellings of one id in an array', () => {
    expect(rulesOf(arrayOf(uuid(), { unique: true }), [id, id.toUpperCase()])).toEqual([
      ['1', 'array.unique'],
    ]);
  });
});
