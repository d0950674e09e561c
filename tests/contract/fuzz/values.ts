import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from './document.ts';

/** Represents an existing value, such as the id of an order. `choice` selects the value when the request is sent. */
export class Known {
  constructor(
    readonly kind: string,
    readonly choice: number,
  ) {}
}

/** Returns existing values for a field, such as ids. Returns undefined if random values are good enough. */
export type ExistingValues = (name: string, schema: JsonSchema) => Arbitrary<unknown> | undefined;

const choice = fc.nat({ max: 1_000 });

/** Returns placeholders for existing values of this kind. */
export const known = (kind: string): Arbitrary<Known> => choice.map((number) => new Known(kind, number));

// A valid request must contain neither lone surrogates nor NUL, which only `damages` adds.
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
  // Use fixed dates for the patterns of dates, because random texts hardly ever match these patterns.
  const dates = [moments, days].find((_values, index) =>
    regex.test(['1970-01-01T00:00:00.000Z', '1970-01-01'][index] ?? ''),
  );
  if (dates !== undefined && !regex.test('x')) return dates;
  const fits = (text: string) =>
    regex.test(text) && isClean(text) && text.length >= min && text.length <= max;
  // A pattern that matches both examples excludes few texts, such as those of blanks only. Replace a text that does not
  // match.
  if (regex.test('x') && regex.test(' ä! '))
    return plainText(min, max).map((text) => (fits(text) ? text : 'x'.repeat(Math.max(min, 1))));
  // Generate texts for the pattern without its lookarounds, which fast-check does not support. Then keep the texts that
  // match the whole pattern.
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

function list(schema: JsonSchema, existingValues: ExistingValues, name: string): Arbitrary<unknown[]> {
  const { items = {}, minItems = 0, maxItems = 10, uniqueItems = false } = schema;
  const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) };
  const item = fitting(items, existingValues, name);
  return uniqueItems
    ? fc.uniqueArray(item, { ...bounds, selector: (value) => JSON.stringify(value) })
    : fc.array(item, bounds);
}

function record(schema: JsonSchema, existingValues: ExistingValues): Arbitrary<unknown> {
  const { properties, required = [], minProperties = 0 } = schema;
  if (properties === undefined)
    return fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,9}$/), plain, { maxKeys: 4 });
  const keys = Object.entries(properties).map(([key, inner]) => [key, fitting(inner, existingValues, key)]);
  return fc
    .record(Object.fromEntries(keys) as Record<string, Arbitrary<unknown>>, {
      requiredKeys: [...required],
      noNullPrototype: true,
    })
    .filter((value) => Object.keys(value).length >= minProperties);
}

// Any JSON value, for a schema without rules.
const plain: Arbitrary<unknown> = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .filter((value) => !/\\u0000|\\ud[89a-f]|__proto__/i.test(JSON.stringify(value)));

/** Generates values that match a JSON Schema. `name` is the key of the value in the object that contains it. */
export function fitting(schema: JsonSchema, existingValues: ExistingValues, name = ''): Arbitrary<unknown> {
  const existing = existingValues(name, schema);
  const any = fittingAny(schema, existingValues, name);
  return existing === undefined
    ? any
    : fc.oneof({ weight: 4, arbitrary: existing }, { weight: 1, arbitrary: any });
}

function fittingAny(schema: JsonSchema, existingValues: ExistingValues, name: string): Arbitrary<unknown> {
  const { type, enum: values, const: only, anyOf } = schema;
  if (only !== undefined) return fc.constant(only);
  if (values !== undefined) return fc.constantFrom(...values);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((one) => fitting(one, existingValues, name)));
  if (Array.isArray(type))
    return fc.oneof(
      ...(type as string[]).map((one) => fitting({ ...schema, type: one }, existingValues, name)),
    );
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
      return list(schema, existingValues, name);
    case 'object':
      return record(schema, existingValues);
    default:
      return plain;
  }
}
