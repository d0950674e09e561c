import Joi from 'joi';
import { canonicalEmail } from '../utils/email.ts';
import { canonicalString } from './canonical-string.ts';
import { currencies } from './currencies.ts';
import type { Texts } from './languages.ts';

/**
 * What a schema must have to take part here.
 * Structural, and silent about the output: `Joi.AnySchema` in its place makes TypeScript infer `any` without a word,
 * and an output named here would be taken for that of a `Joi.string()` written inside a shape, which is then `unknown`.
 */
export interface Schema {
  readonly '~standard': { readonly types?: unknown };
}

/** A schema that lets through this type. */
export interface SchemaOf<Output> {
  readonly '~standard': { readonly types?: { readonly output: Output } | undefined };
}

const optionalMark = Symbol('optional');

/** A key that may be left out of an object. */
export interface OptionalKey<S extends Schema> {
  readonly [optionalMark]: S;
}

type Shape = Readonly<Record<string, Schema | OptionalKey<Schema>>>;

/** The TypeScript type of what a schema lets through. */
export type Infer<S> = S extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : never
  : never;

type OptionalKeys<S extends Shape> = {
  [Key in keyof S]: S[Key] extends OptionalKey<Schema> ? Key : never;
}[keyof S];

type Simplify<T> = { [Key in keyof T]: T[Key] };

/** The exact object type of a shape: keys are required unless marked `optional`. */
export type InferShape<S extends Shape> = Simplify<
  { -readonly [Key in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[Key]> } & {
    -readonly [Key in OptionalKeys<S>]?: S[Key] extends OptionalKey<infer Inner> ? Infer<Inner> : never;
  }
>;

const toJoi = (schema: Schema): Joi.AnySchema => {
  if (!Joi.isSchema(schema)) throw new TypeError('Not a Joi schema: build it with core/schema or with Joi.');
  return schema;
};

/** What is wrong with a value of our own making, in one line; null when nothing is. */
export const issueIn = (schema: Schema, value: unknown): string | null =>
  toJoi(schema).validate(value, { convert: false, abortEarly: false }).error?.message ?? null;

/** What Joi tells of one key of an object. */
export interface DescribedKey {
  readonly type?: string;
  readonly flags?: { readonly description?: string; readonly default?: unknown; readonly presence?: string };
  readonly metas?: readonly Readonly<Record<string, unknown>>[];
}

/** The keys of an object schema as Joi describes them; none for any other schema. */
export const describeKeys = (schema: Schema): Readonly<Record<string, DescribedKey>> =>
  (toJoi(schema).describe() as { keys?: Record<string, DescribedKey> }).keys ?? {};

interface Terms {
  readonly keys?: readonly { readonly key: string; readonly schema: Joi.AnySchema }[] | null;
}

/** The keys of an object schema, each with its Joi type; none for any other schema. Costs next to nothing, unlike a description. */
export const keyTypes = (schema: Schema): ReadonlyMap<string, string> => {
  const { keys } = toJoi(schema).$_terms as Terms;
  return new Map((keys ?? []).map((one) => [one.key, one.schema.type ?? 'any']));
};

const isOptional = (value: Schema | OptionalKey<Schema>): value is OptionalKey<Schema> =>
  optionalMark in value;

/** An object with exactly these keys; unknown ones are refused, and each is required unless marked `optional`. */
export function object<const S extends Shape>(shape: S): Joi.ObjectSchema<InferShape<S>> {
  const keys = Object.entries(shape).map(([key, value]): [string, Joi.AnySchema] => {
    if (isOptional(value)) return [key, toJoi(value[optionalMark]).optional()];
    const schema = toJoi(value);
    // A default answers for a missing key, so that the key must not be demanded.
    return [key, schema._flags['default'] === undefined ? schema.required() : schema];
  });
  const schema: Joi.ObjectSchema<InferShape<S>> = Joi.object(Object.fromEntries(keys) as Joi.SchemaMap);
  return schema.required();
}

/** Marks a key as one that may be left out. */
export const optional = <S extends Schema>(schema: S): OptionalKey<S> => ({ [optionalMark]: schema });

/** A key that may be left out and then has this value. */
export const withDefault = <T>(schema: SchemaOf<T>, value: NoInfer<T>): Joi.AnySchema<T> =>
  toJoi(schema).default(value as string) as Joi.AnySchema<T>;

const oneOfThoseOrNull = {
  en: 'must be one of the listed values, or null',
  de: 'muss einer der genannten Werte oder null sein',
};

/** The schema's value, or null. */
export function nullable<T>(schema: SchemaOf<T>): Joi.AnySchema<T | null> {
  const inner = toJoi(schema);
  if (inner._flags['only'] !== true) return inner.allow(null) as Joi.AnySchema<T | null>;
  // A null among listed values would be missing in their JSON Schema.
  return Joi.alternatives()
    .try(inner, Joi.valid(null))
    .messages(messages('alternatives.match', oneOfThoseOrNull))
    .messages(messages('alternatives.types', oneOfThoseOrNull)) as Joi.AnySchema<T | null>;
}

/** A list of such values; bounds count items. */
export function arrayOf<T>(
  item: SchemaOf<T>,
  { min, max, unique }: { min?: number; max?: number; unique?: boolean } = {},
): Joi.ArraySchema<T[]> {
  // A required item would ask for at least one of it; how many there must be is for `min` to say.
  let schema = Joi.array().items(toJoi(item).optional());
  if (min !== undefined) schema = schema.min(min);
  if (max !== undefined) schema = schema.max(max);
  return (unique === true ? schema.unique() : schema) as Joi.ArraySchema<T[]>;
}

/** What one of these schemas lets through; an object of named keys each. */
export const either = <A, B>(a: SchemaOf<A>, b: SchemaOf<B>): Joi.AlternativesSchema<A | B> =>
  Joi.alternatives().try(toJoi(a), toJoi(b)) as Joi.AlternativesSchema<A | B>;

/** Exactly one of these strings. */
export const oneOf = <const T extends string>(...values: readonly T[]): Joi.StringSchema<T> =>
  Joi.string<T>().valid(...values);

/** What is said when a rule is broken, for `schema.messages(…)`; Joi's own words are used where there is none. */
export const messages = (rule: string, { en, ...translations }: Texts): Joi.LanguageMessages => ({
  [rule]: en,
  ...Object.fromEntries(Object.entries(translations).map(([language, text]) => [language, { [rule]: text }])),
});

const lowerCase = canonicalString((text) => text.toLowerCase());

/** A UUID in the usual form with dashes (RFC 9562). Accepts either case; the value is in lower case. */
export const uuid = (): Joi.StringSchema =>
  lowerCase()
    .uuid({ separator: '-', wrapper: false })
    .messages(messages('string.guid', { en: 'must be a UUID', de: 'muss eine UUID sein' }));

/** A whole number within bounds, both included. */
export const integer = (min: number, max: number): Joi.NumberSchema =>
  Joi.number().integer().min(min).max(max);

const notBlank = messages('string.pattern.base', {
  en: 'must not be blank',
  de: 'darf nicht nur aus Leerraum bestehen',
});

const forms = {
  NFC: canonicalString((text) => text.normalize('NFC')),
  NFKC: canonicalString((text) => text.normalize('NFKC')),
};

/** Text in one Unicode form, of a length in characters. Unless it may be empty, it must show something. */
export const text = (min: number, max: number, form: keyof typeof forms = 'NFC'): Joi.StringSchema => {
  const bounded = forms[form]().characters(min, max);
  return min === 0 ? bounded.allow('') : bounded.visible().messages(notBlank);
};

/** Words to search for, in NFC. Words that show nothing find nothing. */
export const searchTerm = (): Joi.StringSchema => forms.NFC().max(200).pattern(/\S/).messages(notBlank);

/** A moment, in ISO 8601 and UTC, as `Date.toISOString` writes it. */
export const timestamp = (): Joi.StringSchema => Joi.string().isoDate();

/** The currency of an amount that comes in, by its code in ISO 4217. */
export const currency = (): Joi.StringSchema =>
  Joi.string()
    .valid(...currencies)
    .messages(
      messages('any.only', {
        en: 'must be the code of a currency in ISO 4217, such as EUR',
        de: 'muss der Code einer Währung nach ISO 4217 sein, etwa EUR',
      }),
    );

/** The currency of an amount that is stored, which the list may have dropped since. */
export const currencyCode = (): Joi.StringSchema =>
  Joi.string()
    .pattern(/^[A-Z]{3}$/)
    .messages(
      messages('string.pattern.base', {
        en: 'must be a currency code of three capital letters (ISO 4217)',
        de: 'muss ein Währungscode aus drei Großbuchstaben sein (ISO 4217)',
      }),
    );

/**
 * An exact number with this many digits in all, and behind the point, such as 12.50, as text: a JavaScript number would
 * lose some. Each number has one spelling, so that it comes back as it was sent.
 */
export function decimal(precision: number, scale: number, { min }: { min?: 0 } = {}): Joi.StringSchema {
  const [whole, fraction] = [precision - scale - 1, `\\.\\d{${scale}}`];
  const sign = min === 0 ? '' : '(?!-0+\\.0+$)-?';
  const example = `12.${'5'.padEnd(scale, '0')}`;
  return Joi.string()
    .pattern(new RegExp(`^${sign}(?:0|[1-9]\\d{0,${whole}})${fraction}$`))
    .messages(
      messages('string.pattern.base', {
        en: `must be a number as text with ${scale} digits behind the point, such as ${example}, within its bounds`,
        de: `muss eine Zahl als Text mit ${scale} Stellen nach dem Punkt sein, etwa ${example}, in ihren Grenzen`,
      }),
    );
}

/** What `freeForm` marks its schemas with: the tests that forbid open schemas let these through. */
export const freeFormMark = 'freeForm';

/** Deliberately open: any JSON object or list, stored as it comes, of up to this many bytes as JSON in UTF-8. */
export const freeForm = (maxBytes: number): Joi.AlternativesSchema<object> =>
  Joi.alternatives()
    .try(Joi.object().unknown(), Joi.array())
    .custom((value: unknown, { error }) =>
      Buffer.byteLength(JSON.stringify(value)) > maxBytes
        ? error('alternatives.custom', { maxBytes })
        : value,
    )
    .messages(
      messages('alternatives.custom', {
        en: 'must be at most {{#maxBytes}} bytes long as JSON',
        de: 'darf als JSON höchstens {{#maxBytes}} Bytes lang sein',
      }),
    )
    .description(`Any JSON object or list of up to ${maxBytes} bytes.`)
    .meta({ [freeFormMark]: true }) as Joi.AlternativesSchema<object>;

const emailAddress = canonicalString(canonicalEmail, 'string.email');

/** An e-mail address in its canonical spelling. Any top-level domain is accepted, so that internal hosts work. */
export const email = (): Joi.StringSchema =>
  emailAddress()
    .email({ tlds: { allow: false } })
    .max(254);

/** Gives a schema a name of its own under `components` in the OpenAPI document. */
export const named = <S extends Joi.AnySchema>(name: string, schema: S): S => schema.meta({ name });

interface Flagged {
  // Joi's own types forget that this gives a schema.
  $_setFlag(name: 'default', value: undefined): Joi.AnySchema;
}

// Or a change would put back what it does not name.
const withoutDefault = (key: Joi.AnySchema): Joi.AnySchema =>
  (key.optional() as unknown as Flagged).$_setFlag('default', undefined);

/** A change: every key may be left out, and then stays as it is; but not all of them. */
export function partial<T>(schema: Joi.ObjectSchema<T>): Joi.ObjectSchema<Partial<T>> {
  const keys = [...keyTypes(schema).keys()];
  return (schema as Joi.ObjectSchema<Partial<T>>).fork(keys, withoutDefault).min(1);
}
