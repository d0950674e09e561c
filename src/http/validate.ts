import Joi from 'joi';
import { invalidInput, type InputIssue } from '../core/errors.ts';
import { joiMessages } from '../core/joi.messages.ts';
import { defaultLanguage, type Language, type Texts } from '../core/languages.ts';
import { keyTypes, type Schema, type SchemaOf } from '../core/schema.ts';
import { httpMessages } from './http.messages.ts';

type Part = 'body' | 'query' | 'params';

/** The parts of a request as Express parsed them. */
export type RawInput = Readonly<Record<Part, unknown>>;

/**
 * Validates all parts of a request. Returns the validated values, or the issues of all parts with messages in this
 * language.
 */
export type Validator = (
  raw: RawInput,
  language?: Language | null,
) => { values: Record<Part, unknown>; issues: InputIssue[] };

const nothing = Joi.object({});

// Options of the first validation. It renders no messages, because most input is valid and rendering messages takes
// longer than validating.
const validateOptions: Joi.ValidationOptions = { convert: false, errors: { render: false } };

const messageOptions = (language: Language): Joi.ValidationOptions => ({
  abortEarly: false,
  convert: false,
  errors: { label: false, language },
  messages: joiMessages[language],
});

const isUnsafeText = (value: unknown): boolean =>
  typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());

type Converter = (text: string) => unknown;

const numeric = /^-?\d{1,15}(?:\.\d{1,6})?$/;

// Converters that accept only one spelling of a number. Joi's own conversion would accept ` 5 `, `+5` and `1e2`.
const converters: Record<string, Converter> = {
  number: (text) => (numeric.test(text) && String(Number(text)) === text ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

/**
 * Compiles the conversion of a query or path. Its values are strings, and become the types that the schema requires.
 */
function compileConversion(schema: Joi.AnySchema): (part: Part, raw: object) => [object, InputIssue[]] {
  const types = keyTypes(schema);
  return (part, raw) => {
    const issues: InputIssue[] = [];
    const converted: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(raw) as [string, unknown][]) {
      const type = types.get(key);
      if (key === '__proto__') {
        // Report this key, because Joi would silently drop it.
        issues.push({ in: part, path: key, rule: 'object.unknown', message: httpMessages.rules.notAllowed });
      } else if (Array.isArray(value) && type !== 'array') {
        issues.push({ in: part, path: key, rule: 'any.repeated', message: httpMessages.rules.once });
      } else if (Array.isArray(value) ? value.some(isUnsafeText) : isUnsafeText(value)) {
        issues.push({ in: part, path: key, rule: 'string.unsafe', message: httpMessages.rules.noNul });
      } else if (type === 'array') {
        converted[key] = [value].flat();
      } else {
        const convert = type === undefined ? undefined : converters[type];
        converted[key] = convert !== undefined && typeof value === 'string' ? convert(value) : value;
      }
    }
    return [converted, issues];
  };
}

const toIssue =
  (part: Part) =>
  ({ path, type, message }: Joi.ValidationErrorItem): InputIssue => ({
    in: part,
    path: path.join('.'),
    rule: type,
    message,
  });

const isEmpty = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) && Object.keys(raw).length === 0;

// Members of a schema that are missing in Joi's types.
interface Cloneable {
  _preferences: Readonly<Record<string, unknown>> | null;
  clone(): Joi.AnySchema & Cloneable;
}

/**
 * Returns a schema for a pass that renders no messages. Joi would compile the messages of each key for each request,
 * which takes half the time of a validation.
 */
function withoutMessages(schema: Joi.AnySchema): Joi.AnySchema {
  const keys = [...keyTypes(schema).keys()].filter((key) => !key.includes('.'));
  const quiet = keys.length === 0 ? schema : (schema as Joi.ObjectSchema).fork(keys, dropMessages);
  // Attach the preferences to the schema, so that Joi merges them once. If they were passed to the validation, Joi
  // would merge them each time.
  return quiet.prefs(validateOptions);
}

function dropMessages(schema: Joi.AnySchema): Joi.AnySchema {
  const copy = (schema as unknown as Cloneable).clone();
  // Drop only messages, because other preferences decide whether a value is valid.
  if (Object.keys(copy._preferences ?? {}).join() === 'messages') copy._preferences = null;
  return copy;
}

type PartValidator = (raw: unknown, language: Language) => [unknown, InputIssue[]];

function compilePart(part: Part, declared: Schema | undefined): PartValidator {
  const schema = (declared as Joi.AnySchema | undefined) ?? nothing;
  const quiet = withoutMessages(schema);
  const convert = part === 'body' ? undefined : compileConversion(schema);
  return (raw, language) => {
    if (declared === undefined && isEmpty(raw)) return [{}, []];
    const [input, early] = convert === undefined ? [raw, []] : convert(part, raw ?? {});
    const result = quiet.validate(input);
    if (result.error === undefined && early.length === 0) return [result.value, []];
    const named = new Set(early.map((issue) => issue.path));
    const { error } = schema.validate(input, messageOptions(language));
    const late = (error?.details ?? []).map(toIssue(part)).filter((issue) => !named.has(issue.path));
    return [undefined, [...early, ...late]];
  };
}

/** Compiles a validator for the schemas of a route. A route without a body schema accepts no body or `{}`. */
export function compileValidator(schemas: { [P in Part]?: Schema | undefined }): Validator {
  const parts = (['params', 'query', 'body'] as const).map(
    (part) => [part, compilePart(part, schemas[part]), schemas[part] !== undefined] as const,
  );
  return (raw, language) => {
    const values: Record<Part, unknown> = { params: {}, query: {}, body: undefined };
    const issues: InputIssue[] = [];
    for (const [part, validate, isDeclared] of parts) {
      const input = part === 'body' && !isDeclared ? (raw.body ?? {}) : raw[part];
      const [value, found] = validate(input, language ?? defaultLanguage);
      values[part] = value;
      issues.push(...found);
    }
    return { values, issues };
  };
}

/** An issue of a field in a group of texts, such as an imported line. */
export interface TextIssue {
  readonly path: string;
  readonly message: string;
}

/** Validates texts that do not belong to a request. Returns the converted values or the issues. */
export type TextValidator<T> = (
  texts: Readonly<Record<string, string>>,
  language: Language | null,
) => { readonly value: T } | { readonly issues: readonly TextIssue[] };

/**
 * Compiles a validator of texts, such as the fields of an imported line. The validator converts numbers and booleans in
 * the same way as in a query.
 */
export function compileTextValidator<T>(schema: SchemaOf<T>): TextValidator<T> {
  const validate = compilePart('query', schema);
  return (texts, asked) => {
    const language = asked ?? defaultLanguage;
    const [value, issues] = validate(texts, language);
    if (issues.length === 0) return { value: value as T };
    return {
      issues: issues.map(({ path, message }) => ({
        path,
        message: typeof message === 'string' ? message : message[language],
      })),
    };
  };
}

const maxDepth = 32;
const maxKeys = 1_000;

const unsafeBody = (rule: string, message: Texts) => invalidInput({ in: 'body', path: '', rule, message });

/**
 * Throws `VALIDATION_ERROR` for JSON that PostgreSQL, JavaScript or the call stack cannot handle: a depth over 32, more
 * than 1,000 keys and items, NUL, lone surrogates, or `__proto__`. The function is not recursive, because the sender of
 * the JSON decides how deep it is.
 */
export function assertSafeJson(body: unknown): void {
  const pending: { value: unknown; depth: number }[] = [{ value: body, depth: 1 }];
  let keys = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (isUnsafeText(value)) throw unsafeBody('string.unsafe', httpMessages.rules.jsonText);
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maxDepth) throw unsafeBody('json.depth', httpMessages.rules.jsonDepth(maxDepth));
    for (const [key, inner] of Object.entries(value)) {
      keys += 1;
      if (keys > maxKeys) throw unsafeBody('json.keys', httpMessages.rules.jsonKeys(maxKeys));
      if (key === '__proto__') throw unsafeBody('json.proto', httpMessages.rules.jsonProto);
      if (isUnsafeText(key)) throw unsafeBody('string.unsafe', httpMessages.rules.jsonKey);
      pending.push({ value: inner, depth: depth + 1 });
    }
  }
}
