import Joi from 'joi';
import { canonicalEmail } from '../utils/email.ts';
import { canonicalString } from './canonical-string.ts';
import { coreMessages } from './core.messages.ts';
import { currencies } from './currencies.ts';
import { languages, type Texts } from './languages.ts';

/**
 * Any schema. It is not `Joi.AnySchema`, because `Infer` would then silently return `any`. It declares no output type,
 * because `Infer` would then return `unknown` for a `Joi.string()` inside an object.
 */
export interface Schema {
  readonly '~standard': { readonly types?: unknown };
}

/** A schema whose validated values have the type `Output`. */
export interface SchemaOf<Output> {
  readonly '~standard': { readonly types?: { readonly output: Output } | undefined };
}

const optionalMark = Symbol('optional');

/** A key that an object may omit. */
export interface OptionalKey<S extends Schema> {
  readonly [optionalMark]: S;
}

type Shape = Readonly<Record<string, Schema | OptionalKey<Schema>>>;

/** The type of the values that a schema returns. */
export type Infer<S> = S extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : never
  : never;

type OptionalKeys<S extends Shape> = {
  [Key in keyof S]: S[Key] extends OptionalKey<Schema> ? Key : never;
}[keyof S];

type Simplify<T> = { [Key in keyof T]: T[Key] };

/** The type of an object with these keys. A key is required unless it is marked `optional`. */
export type InferShape<S extends Shape> = Simplify<
  { -readonly [Key in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[Key]> } & {
    -readonly [Key in OptionalKeys<S>]?: S[Key] extends OptionalKey<infer Inner> ? Infer<Inner> : never;
  }
>;

const toJoi = (schema: Schema): Joi.AnySchema => {
  if (!Joi.isSchema(schema)) throw new TypeError('Not a Joi schema: build it with core/schema or with Joi.');
  return schema;
};

/** Validates a value that the service itself produced. Returns all issues in one line, or null if there are none. */
export const issueIn = (schema: Schema, value: unknown): string | null =>
  toJoi(schema).validate(value, { convert: false, abortEarly: false }).error?.message ?? null;

/** Returns a value with the type of a schema that has validated it before. Does not validate it again. */
export const validated = <S extends Schema>(_schema: S, value: unknown): Infer<S> => value as Infer<S>;

/** Returns the keys of a shape from an object that was validated with it. */
export const pickKeys = <S extends Shape>(shape: S, value: object): InferShape<S> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name in shape)) as InferShape<S>;

/** Returns whether a value that is not part of a request, such as the content of a file, matches the schema. */
export const isValid = <S extends Schema>(schema: S, value: unknown): value is Infer<S> =>
  issueIn(schema, value) === null;

/** Joi's description of an object key. */
export interface DescribedKey {
  readonly type?: string;
  readonly flags?: { readonly description?: string; readonly default?: unknown; readonly presence?: string };
  readonly metas?: readonly Readonly<Record<string, unknown>>[];
}

interface Terms {
  readonly keys?: readonly { readonly key: string; readonly schema: Joi.AnySchema }[] | null;
  readonly metas?: DescribedKey['metas'];
}

const keysOf = (schema: Schema) => (toJoi(schema).$_terms as Terms).keys ?? [];

/**
 * Describes the keys of an object schema. Returns an empty object for any other schema. Joi's own `describe` also
 * describes every rule, which takes 20 ms for the settings.
 */
export const describeKeys = (schema: Schema): Readonly<Record<string, DescribedKey>> =>
  Object.fromEntries(
    keysOf(schema).map(({ key, schema: { type = 'any', _flags: flags, $_terms: terms } }) => {
      const { metas = [] } = terms as Terms;
      return [key, { type, flags: flags as NonNullable<DescribedKey['flags']>, metas }];
    }),
  );

/** Maps each key of an object schema to its Joi type. Returns an empty map for any other schema. */
export const keyTypes = (schema: Schema): ReadonlyMap<string, string> =>
  new Map(keysOf(schema).map(({ key, schema: { type = 'any' } }) => [key, type]));

const isOptional = (value: Schema | OptionalKey<Schema>): value is OptionalKey<Schema> =>
  optionalMark in value;

/** An object with exactly these keys. Any other key is refused. A key is required unless it is marked `optional`. */
export function object<const S extends Shape>(shape: S): Joi.ObjectSchema<InferShape<S>> {
  const keys = Object.entries(shape).map(([key, value]): [string, Joi.AnySchema] => {
    if (isOptional(value)) return [key, toJoi(value[optionalMark]).optional()];
    const schema = toJoi(value);
    // Leave a key with a default optional, because Joi does not apply the default of a required key.
    return [key, schema._flags['default'] === undefined ? schema.required() : schema];
  });
  const schema: Joi.ObjectSchema<InferShape<S>> = Joi.object(Object.fromEntries(keys) as Joi.SchemaMap);
  return schema.required();
}

/** Marks a key as optional. */
export const optional = <S extends Schema>(schema: S): OptionalKey<S> => ({ [optionalMark]: schema });

/** An optional key. If it is missing, it has this default. */
export const withDefault = <T>(schema: SchemaOf<T>, value: NoInfer<T>): Joi.AnySchema<T> =>
  toJoi(schema).default(value as string) as Joi.AnySchema<T>;

/** Accepts null in addition to the values of the schema. */
export function nullable<T>(schema: SchemaOf<T>): Joi.AnySchema<T | null> {
  const inner = toJoi(schema);
  if (inner._flags['only'] !== true) return inner.allow(null) as Joi.AnySchema<T | null>;
  // Use alternatives, because Joi would omit null from the JSON Schema if null were one of the listed values.
  return Joi.alternatives()
    .try(inner, Joi.valid(null))
    .messages(messages('alternatives.match', coreMessages.rules.oneOfOrNull))
    .messages(messages('alternatives.types', coreMessages.rules.oneOfOrNull)) as Joi.AnySchema<T | null>;
}

/** An array of at least `min` and at most `max` of these items. */
export function arrayOf<T>(
  item: SchemaOf<T>,
  { min, max, unique }: { min?: number; max?: number; unique?: boolean } = {},
): Joi.ArraySchema<T[]> {
  // Make the item optional. In Joi, an array of a required item must contain at least one item.
  let schema = Joi.array().items(toJoi(item).optional());
  if (min !== undefined) schema = schema.min(min);
  if (max !== undefined) schema = schema.max(max);
  return (unique === true ? schema.unique() : schema) as Joi.ArraySchema<T[]>;
}

/** Accepts every object that one of the two schemas accepts. */
export const either = <A, B>(a: SchemaOf<A>, b: SchemaOf<B>): Joi.AlternativesSchema<A | B> =>
  Joi.alternatives().try(toJoi(a), toJoi(b)) as Joi.AlternativesSchema<A | B>;

/** Accepts exactly these strings. */
export const oneOf = <const T extends string>(...values: readonly T[]): Joi.StringSchema<T> =>
  Joi.string<T>().valid(...values);

/** Builds the argument of `schema.messages(…)` that sets the message of one rule in every language. */
export const messages = (rule: string, texts: Texts): Joi.LanguageMessages => ({
  [rule]: texts.en,
  ...Object.fromEntries(languages.slice(1).map((language) => [language, { [rule]: texts[language] }])),
});

const lowerCase = canonicalString((text) => text.toLowerCase());

/** A UUID with hyphens (RFC 9562). Accepts upper and lower case. The validated value is in lower case. */
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

/**
 * Text of `min` to `max` characters, normalized to the Unicode form `form`. Unless `min` is 0, the text must contain a
 * visible character.
 */
export const text = (min: number, max: number, form: keyof typeof forms = 'NFC'): Joi.StringSchema => {
  const bounded = forms[form]().characters(min, max);
  return min === 0 ? bounded.allow('') : bounded.visible().messages(notBlank);
};

/** A search term of at most 200 characters, normalized to NFC. Must not be blank. */
export const searchTerm = (): Joi.StringSchema => forms.NFC().max(200).pattern(/\S/).messages(notBlank);

/** A point in time in a reply, in the format of `Date.toISOString`. */
export const timestamp = (): Joi.StringSchema => Joi.string().isoDate();

/** The currency of an amount that a caller sends: a code that is valid today (ISO 4217). */
export const currency = (): Joi.StringSchema =>
  Joi.string()
    .valid(...currencies)
    .messages(messages('any.only', coreMessages.rules.currency));

/** The currency of a stored amount. Its code may have been withdrawn since it was stored. */
export const currencyCode = (): Joi.StringSchema =>
  Joi.string()
    .pattern(/^[A-Z]{3}$/)
    .messages(messages('string.pattern.base', coreMessages.rules.currencyCode));

/**
 * A decimal number as text, such as 12.50, with `precision` digits in total and `scale` of them after the point. The
 * value is text, because a JavaScript number would lose digits. Each number can be written in only one way, so that a
 * reply contains the number exactly as the caller sent it.
 */
export function decimal(precision: number, scale: number, { min }: { min?: 0 } = {}): Joi.StringSchema {
  const [whole, fraction] = [precision - scale - 1, `\\.\\d{${scale}}`];
  const sign = min === 0 ? '' : '(?!-0+\\.0+$)-?';
  const example = `12.${'5'.padEnd(scale, '0')}`;
  return Joi.string()
    .pattern(new RegExp(`^${sign}(?:0|[1-9]\\d{0,${whole}})${fraction}$`))
    .messages(messages('string.pattern.base', coreMessages.rules.decimal(scale, example)));
}

/**
 * The mark of `freeForm` schemas in their metadata. Tests forbid schemas without a fixed structure, except the marked
 * ones.
 */
export const freeFormMark = 'freeForm';

/** Any JSON object or array of up to `maxBytes` bytes (as JSON in UTF-8). Its structure is deliberately not checked. */
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

/** An e-mail address in canonical form. Accepts any top-level domain, so that hosts of an internal network work. */
export const email = (): Joi.StringSchema =>
  emailAddress()
    .email({ tlds: { allow: false } })
    .max(254);

/** Names a schema, which then appears under `components` in the OpenAPI document. */
export const named = <S extends Joi.AnySchema>(name: string, schema: S): S => schema.meta({ name });

interface Flagged {
  // Joi's types do not declare the return type of this method.
  $_setFlag(name: 'default', value: undefined): Joi.AnySchema;
}

// Removes the default of a key. With the default, a partial change would reset the keys that it omits.
const withoutDefault = (key: Joi.AnySchema): Joi.AnySchema =>
  (key.optional() as unknown as Flagged).$_setFlag('default', undefined);

/** The schema of a partial change. All keys are optional, but at least one must be present. */
export function partial<T>(schema: Joi.ObjectSchema<T>): Joi.ObjectSchema<Partial<T>> {
  const keys = [...keyTypes(schema).keys()];
  return (schema as Joi.ObjectSchema<Partial<T>>).fork(keys, withoutDefault).min(1);
}
