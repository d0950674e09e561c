import Joi from 'joi';
import { canonicalEmail } from '../utils/email.ts';
import { canonicalString } from './canonical-string.ts';
import { coreMessages } from './core.messages.ts';
import { currencies } from './currencies.ts';
import type { Texts } from './languages.ts';

/**
 * Any schema. Structural and without the output type: with `Joi.AnySchema` TypeScript would silently infer `any`, and with
 * an output type here it would infer `unknown` for a `Joi.string()` inside a shape.
 */
export interface Schema {
  readonly '~standard': { readonly types?: unknown };
}

/** A schema with this output type. */
export interface SchemaOf<Output> {
  readonly '~standard': { readonly types?: { readonly output: Output } | undefined };
}

const optionalMark = Symbol('optional');

/** An optional key of an object. */
export interface OptionalKey<S extends Schema> {
  readonly [optionalMark]: S;
}

type Shape = Readonly<Record<string, Schema | OptionalKey<Schema>>>;

/** The output type of a schema. */
export type Infer<S> = S extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : never
  : never;

type OptionalKeys<S extends Shape> = {
  [Key in keyof S]: S[Key] extends OptionalKey<Schema> ? Key : never;
}[keyof S];

type Simplify<T> = { [Key in keyof T]: T[Key] };

/** The object type of a shape. Keys are required unless marked `optional`. */
export type InferShape<S extends Shape> = Simplify<
  { -readonly [Key in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[Key]> } & {
    -readonly [Key in OptionalKeys<S>]?: S[Key] extends OptionalKey<infer Inner> ? Infer<Inner> : never;
  }
>;

const toJoi = (schema: Schema): Joi.AnySchema => {
  if (!Joi.isSchema(schema)) throw new TypeError('Not a Joi schema: build it with core/schema or with Joi.');
  return schema;
};

/** Validates a value that the service itself produced. Returns the issues in one line, or null. */
export const issueIn = (schema: Schema, value: unknown): string | null =>
  toJoi(schema).validate(value, { convert: false, abortEarly: false }).error?.message ?? null;

/** Joi's description of an object key. */
export interface DescribedKey {
  readonly type?: string;
  readonly flags?: { readonly description?: string; readonly default?: unknown; readonly presence?: string };
  readonly metas?: readonly Readonly<Record<string, unknown>>[];
}

/** Returns Joi's descriptions of the keys of an object schema; empty for any other schema. */
export const describeKeys = (schema: Schema): Readonly<Record<string, DescribedKey>> =>
  (toJoi(schema).describe() as { keys?: Record<string, DescribedKey> }).keys ?? {};

interface Terms {
  readonly keys?: readonly { readonly key: string; readonly schema: Joi.AnySchema }[] | null;
}

/** Returns key → Joi type of an object schema; empty for any other schema. Cheap, unlike `describeKeys`. */
export const keyTypes = (schema: Schema): ReadonlyMap<string, string> => {
  const { keys } = toJoi(schema).$_terms as Terms;
  return new Map((keys ?? []).map((one) => [one.key, one.schema.type ?? 'any']));
};

const isOptional = (value: Schema | OptionalKey<Schema>): value is OptionalKey<Schema> =>
  optionalMark in value;

/** An object with exactly these keys. Unknown keys are refused; keys are required unless marked `optional`. */
export function object<const S extends Shape>(shape: S): Joi.ObjectSchema<InferShape<S>> {
  const keys = Object.entries(shape).map(([key, value]): [string, Joi.AnySchema] => {
    if (isOptional(value)) return [key, toJoi(value[optionalMark]).optional()];
    const schema = toJoi(value);
    // A key with a default must not be required.
    return [key, schema._flags['default'] === undefined ? schema.required() : schema];
  });
  const schema: Joi.ObjectSchema<InferShape<S>> = Joi.object(Object.fromEntries(keys) as Joi.SchemaMap);
  return schema.required();
}

/** Marks a key as optional. */
export const optional = <S extends Schema>(schema: S): OptionalKey<S> => ({ [optionalMark]: schema });

/** An optional key with this default. */
export const withDefault = <T>(schema: SchemaOf<T>, value: NoInfer<T>): Joi.AnySchema<T> =>
  toJoi(schema).default(value as string) as Joi.AnySchema<T>;

/** Accepts null besides the values of the schema. */
export function nullable<T>(schema: SchemaOf<T>): Joi.AnySchema<T | null> {
  const inner = toJoi(schema);
  if (inner._flags['only'] !== true) return inner.allow(null) as Joi.AnySchema<T | null>;
  // Joi would omit a null among listed values from the JSON Schema.
  return Joi.alternatives()
    .try(inner, Joi.valid(null))
    .messages(messages('alternatives.match', coreMessages.rules.oneOfOrNull))
    .messages(messages('alternatives.types', coreMessages.rules.oneOfOrNull)) as Joi.AnySchema<T | null>;
}

/** An array of these items. `min` and `max` bound the number of items. */
export function arrayOf<T>(
  item: SchemaOf<T>,
  { min, max, unique }: { min?: number; max?: number; unique?: boolean } = {},
): Joi.ArraySchema<T[]> {
  // Joi would require at least one of a required item.
  let schema = Joi.array().items(toJoi(item).optional());
  if (min !== undefined) schema = schema.min(min);
  if (max !== undefined) schema = schema.max(max);
  return (unique === true ? schema.unique() : schema) as Joi.ArraySchema<T[]>;
}

/** Accepts what one of these object schemas accepts. */
export const either = <A, B>(a: SchemaOf<A>, b: SchemaOf<B>): Joi.AlternativesSchema<A | B> =>
  Joi.alternatives().try(toJoi(a), toJoi(b)) as Joi.AlternativesSchema<A | B>;

/** Exactly one of these strings. */
export const oneOf = <const T extends string>(...values: readonly T[]): Joi.StringSchema<T> =>
  Joi.string<T>().valid(...values);

/** Builds the argument of `schema.messages(…)` that sets the message of one rule in every language. */
export const messages = (rule: string, { en, ...translations }: Texts): Joi.LanguageMessages => ({
  [rule]: en,
  ...Object.fromEntries(Object.entries(translations).map(([language, text]) => [language, { [rule]: text }])),
});

const lowerCase = canonicalString((text) => text.toLowerCase());

/** A UUID with hyphens (RFC 9562). Accepts either case; the value is lower case. */
export const uuid = (): Joi.StringSchema =>
  lowerCase()
    .uuid({ separator: '-', wrapper: false })
    .messages(messages('string.guid', coreMessages.rules.uuid));

/** An integer from `min` to `max`, both included. */
export const integer = (min: number, max: number): Joi.NumberSchema =>
  Joi.number().integer().min(min).max(max);

const notBlank = messages('string.pattern.base', coreMessages.rules.notBlank);

const forms = {
  NFC: canonicalString((text) => text.normalize('NFC')),
  NFKC: canonicalString((text) => text.normalize('NFKC')),
};

/** Text of `min` to `max` characters, normalized to a Unicode form. Unless `min` is 0, it must contain a visible character. */
export const text = (min: number, max: number, form: keyof typeof forms = 'NFC'): Joi.StringSchema => {
  const bounded = forms[form]().characters(min, max);
  return min === 0 ? bounded.allow('') : bounded.visible().messages(notBlank);
};

/** A search term of at most 200 characters, normalized to NFC. Must not be blank. */
export const searchTerm = (): Joi.StringSchema => forms.NFC().max(200).pattern(/\S/).messages(notBlank);

/** A point in time in a reply, as `Date.toISOString` writes it. */
export const timestamp = (): Joi.StringSchema => Joi.string().isoDate();

/** The currency of a received amount: a current code of ISO 4217. */
export const currency = (): Joi.StringSchema =>
  Joi.string()
    .valid(...currencies)
    .messages(messages('any.only', coreMessages.rules.currency));

/** The currency of a stored amount, whose code may have been withdrawn since. */
export const currencyCode = (): Joi.StringSchema =>
  Joi.string()
    .pattern(/^[A-Z]{3}$/)
    .messages(messages('string.pattern.base', coreMessages.rules.currencyCode));

/**
 * A decimal number as text, such as 12.50, with `precision` digits in total and `scale` after the point. Text, because a
 * JavaScript number loses digits. Each number has one spelling, so that it is returned as it was sent.
 */
export function decimal(precision: number, scale: number, { min }: { min?: 0 } = {}): Joi.StringSchema {
  const [whole, fraction] = [precision - scale - 1, `\\.\\d{${scale}}`];
  const sign = min === 0 ? '' : '(?!-0+\\.0+$)-?';
  const example = `12.${'5'.padEnd(scale, '0')}`;
  return Joi.string()
    .pattern(new RegExp(`^${sign}(?:0|[1-9]\\d{0,${whole}})${fraction}$`))
    .messages(messages('string.pattern.base', coreMessages.rules.decimal(scale, example)));
}

/** The metadata key of `freeForm` schemas, which the tests that forbid open schemas skip. */
export const freeFormMark = 'freeForm';

/** Any JSON object or array of up to `maxBytes` bytes as UTF-8 JSON. Deliberately open. */
export const freeForm = (maxBytes: number): Joi.AlternativesSchema<object> =>
  Joi.alternatives()
    .try(Joi.object().unknown(), Joi.array())
    .custom((value: unknown, { error }) =>
      Buffer.byteLength(JSON.stringify(value)) > maxBytes
        ? error('alternatives.custom', { maxBytes })
        : value,
    )
    .messages(messages('alternatives.custom', coreMessages.rules.jsonBytes))
    .description(`Any JSON object or array of up to ${maxBytes} bytes.`)
    .meta({ [freeFormMark]: true }) as Joi.AlternativesSchema<object>;

const emailAddress = canonicalString(canonicalEmail, 'string.email');

/** An e-mail address, canonicalized. Accepts any top-level domain, so that internal hosts work. */
export const email = (): Joi.StringSchema =>
  emailAddress()
    .email({ tlds: { allow: false } })
    .max(254);

/** Names a schema under `components` in the OpenAPI document. */
export const named = <S extends Joi.AnySchema>(name: string, schema: S): S => schema.meta({ name });

interface Flagged {
  // Joi's types lack the return type.
  $_setFlag(name: 'default', value: undefined): Joi.AnySchema;
}

// With defaults, a change would reset the keys that it omits.
const withoutDefault = (key: Joi.AnySchema): Joi.AnySchema =>
  (key.optional() as unknown as Flagged).$_setFlag('default', undefined);

/** The schema of a partial change: all keys are optional, but at least one is required. */
export function partial<T>(schema: Joi.ObjectSchema<T>): Joi.ObjectSchema<Partial<T>> {
  const keys = [...keyTypes(schema).keys()];
  return (schema as Joi.ObjectSchema<Partial<T>>).fork(keys, withoutDefault).min(1);
}
