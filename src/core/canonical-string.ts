import Joi from 'joi';
import { countCharacters, countContent, hasVisibleContent } from '../utils/unicode.ts';

/** A Joi string with two additional rules. */
export interface CanonicalStringSchema extends Joi.StringSchema {
  /** Limits the length in characters, not in UTF-16 units. Invisible characters do not count toward `min`. */
  characters(min: number, max: number): this;
  /** Refuses text without a visible character. */
  visible(): this;
}

interface Rule {
  readonly args: { readonly min: number; readonly max: number };
}

type Json = Record<string, unknown>;

const rules = {
  characters: {
    args: ['min', 'max'],
    method(this: Joi.ExtensionBoundSchema, min: number, max: number): Joi.Schema {
      return this.$_addRule({ name: 'characters', args: { min, max } });
    },
    validate: (value: string, { error }: Joi.CustomHelpers, { min, max }: Record<string, number>) => {
      if (countContent(value) < Number(min)) return error('string.min', { limit: min });
      return countCharacters(value) > Number(max) ? error('string.max', { limit: max }) : value;
    },
    jsonSchema: ({ args: { min, max } }: Rule, json: Json): Json => ({
      ...json,
      ...(min > 0 && { minLength: min }),
      maxLength: max,
    }),
  },
  visible: {
    validate: (value: string, { error }: Joi.CustomHelpers) =>
      hasVisibleContent(value) ? value : error('string.pattern.base'),
    // Return an approximate pattern. The exact one needs syntax that many JSON Schema tools do not support.
    jsonSchema: (_rule: Rule, json: Json): Json => ({ ...json, pattern: '\\S' }),
  },
};

interface Root {
  string(): CanonicalStringSchema;
}

// Assert the type, because Joi's types contain neither `jsonSchema` nor the return type of `extend`.
const strings = Joi.extend({ type: 'string', base: Joi.string(), rules }) as Root;

/**
 * Returns a factory of string schemas that convert a text to its canonical form before they check their rules.
 * Handlers, stored rows and idempotency fingerprints therefore contain only canonical text. If `canonicalize` returns
 * null, the text breaks the rule named by `failure`.
 */
export function canonicalString(
  canonicalize: (text: string) => string | null,
  failure = 'string.base',
): () => CanonicalStringSchema {
  // Converts in `validate`, which Joi calls for strings only, before the rules, and even with `convert: false`.
  const validate = (value: string, { error }: Joi.CustomHelpers) => {
    const canonical = canonicalize(value);
    return canonical === null ? { value, errors: error(failure) } : { value: canonical };
  };
  const root = Joi.extend({ type: 'string', base: strings.string(), validate }) as Root;
  return () => root.string();
}
