import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from './document.ts';

/** Something that exists when the request is sent, such as the id of an order; `choice` picks one of several. */
export class Known {
  constructor(
    readonly kind: string,
    readonly choice: number,
  ) {}
}

/** Values for a name that only something existing makes useful; undefined for all other names. */
export type Knowing = (name: string, schema: JsonSchema) => Arbitrary<unknown> | undefined;

const choice = fc.nat({ max: 1_000 });

/** Picks something existing of this kind when the request is sent. */
export const known = (kind: string): Arbitrary<Known> => choice.map((number) => new Known(kind, number));

// What no text in a request may have is a fault, and faults have a place of their own.
const isClean = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

function plainText(min: number, max: number): Arbitrary<string> {
  const length = Math.min(max, Math.max(min + 40, 40));
  const fits = (text: string) => isClean(text) && text.length >= min && text.length <= max;
  const edges = [min, max].filter((edge) => edge > 0 && edge <= 300).map((edge) => 'x'.repeat(edge));
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: min, maxLength: length }).filter(fits) },
    {
      weight: 2,
      arbitrary: fc
        .string({ unit: 'grapheme', minLength: min, maxLength: min + 8 })
        .map((text) => (fits(text) ? text : 'ä'.repeat(Math.max(min, 1)))),
    },
    ...(edges.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...edges) }] : []),
  );
}

const moments = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const days = moments.map((moment) => moment.slice(0, 10));

function matching(pattern: string, min: number, max: number): Arbitrary<string> {
  const regex = new RegExp(pattern, 'u');
  // Some patterns say more of a date than can be made from them.
  const written = [moments, days].find((_made, index) =>
    regex.test(['1970-01-01T00:00:00.000Z', '1970-01-01'][index] ?? ''),
  );
  if (written !== undefined && !regex.test('x')) return written;
  const fits = (text: string) =>
    regex.test(text) && isClean(text) && text.length >= min && text.length <= max;
  // A pattern that nearly every text has, such as one that asks for more than blanks.
  if (regex.test('x') && regex.test(' ä! '))
    return plainText(min, max).map((text) => (fits(text) ? text : 'x'.repeat(Math.max(min, 1))));
  // Nothing is made from what looks ahead; what is made is held against all of the pattern.
  return fc.stringMatching(new RegExp(pattern.replace(/\(\?<?[=!][^()]*\)/g, ''), 'u')).filter(fits);
}

const formats: Readonly<Record<string, Arbitrary<string>>> = {
  uuid: fc.uuid({ version: 7 }),
  'date-time': moments,
  date: days,
  email: fc
    .tuple(fc.stringMatching(/^[a-z]{1,12}$/), fc.nat())
    .map(([name, number]) => `${name}${number}@example.com`),
};

function text({ minLength = 0, maxLength = 10_000, pattern, format }: JsonSchema): Arbitrary<string> {
  if (format !== undefined && format in formats) return formats[format] ?? fc.string();
  return pattern === undefined ? plainText(minLength, maxLength) : matching(pattern, minLength, maxLength);
}

function number({ type, minimum = -1_000_000, maximum = 1_000_000 }: JsonSchema): Arbitrary<number> {
  const top = Math.min(maximum, Number.MAX_SAFE_INTEGER);
  const whole = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: minimum, max: Math.min(top, minimum + 50) }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum, top) },
    { weight: 1, arbitrary: fc.integer({ min: minimum, max: top }) },
  );
  return type === 'integer'
    ? whole
    : fc.oneof(
        whole,
        fc.integer({ min: minimum * 10, max: top }).map((value) => value / 10),
      );
}

function list(schema: JsonSchema, knowing: Knowing, name: string): Arbitrary<unknown[]> {
  const { items = {}, minItems = 0, maxItems = 10, uniqueItems = false } = schema;
  const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) };
  const item = fitting(items, knowing, name);
  return uniqueItems
    ? fc.uniqueArray(item, { ...bounds, selector: (value) => JSON.stringify(value) })
    : fc.array(item, bounds);
}

function record(schema: JsonSchema, knowing: Knowing): Arbitrary<unknown> {
  const { properties, required = [], minProperties = 0 } = schema;
  if (properties === undefined)
    return fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,9}$/), plain, { maxKeys: 4 });
  const keys = Object.entries(properties).map(([key, inner]) => [key, fitting(inner, knowing, key)]);
  return fc
    .record(Object.fromEntries(keys) as Record<string, Arbitrary<unknown>>, {
      requiredKeys: [...required],
      noNullPrototype: true,
    })
    .filter((value) => Object.keys(value).length >= minProperties);
}

// A schema that says nothing takes any JSON.
const plain: Arbitrary<unknown> = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .filter((value) => !/\\u0000|\\ud[89a-f]|__proto__/i.test(JSON.stringify(value)));

/** Values that fit a JSON Schema. `name` is the key that they stand under. */
export function fitting(schema: JsonSchema, knowing: Knowing, name = ''): Arbitrary<unknown> {
  const existing = knowing(name, schema);
  const any = fittingAny(schema, knowing, name);
  return existing === undefined
    ? any
    : fc.oneof({ weight: 4, arbitrary: existing }, { weight: 1, arbitrary: any });
}

function fittingAny(schema: JsonSchema, knowing: Knowing, name: string): Arbitrary<unknown> {
  const { type, enum: values, const: only, anyOf } = schema;
  if (only !== undefined) return fc.constant(only);
  if (values !== undefined) return fc.constantFrom(...values);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((one) => fitting(one, knowing, name)));
  if (Array.isArray(type))
    return fc.oneof(...(type as string[]).map((one) => fitting({ ...schema, type: one }, knowing, name)));
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return list(schema, knowing, name);
    case 'object':
      return record(schema, knowing);
    default:
      return plain;
  }
}
