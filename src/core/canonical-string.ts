import Joi from 'joi';
import { countCharacters, countContent, hasVisibleContent } from '../utils/unicode.ts';

/** A Joi string with two more rules. */
export interface CanonicalStringSchema extends Joi.StringSchema {
  /** Bounds the length in characters, not in UTF-16 units. Invisible characters do not count toward `min`. */
  characters(min: number, max: number): this;
  /** Refuses text that shows nothing. */
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
    // Nearly the rule: the exact set of characters needs a dialect of patterns that many readers lack.
    jsonSchema: (_rule: Rule, json: Json): Json => ({ ...json, pattern: '\\S' }),
  },
};

interface Root {
  string(): CanonicalStringSchema;
}

// Joi's types know neither `jsonSchema` nor what `extend` returns.
const strings = Joi.extend({ type: 'string', base: Joi.string(), rules }) as Root;

/**
 * Returns a factory of strings that are brought to one spelling before their rules judge them. Handlers, stored rows and
 * idempotency fingerprints see that spelling only. Text without one (null) fails with the rule `failure`.
 */
export function canonicalString(
  canonicalize: (text: string) => string | null,
  failure = 'string.base',
): () => CanonicalStringSchema {
  // Runs whether or not conversion is asked for, on text alone, and before the rules.
  const validate = (value: string, { error }: Joi.CustomHelpers) => {
    const canonical = canonicalize(value);
    return canonical === null ? { value, errors: error(failure) } : { value: canonical };
  };
  const root = Joi.extend({ type: 'string', base: strings.string(), validate }) as Root;
  return () => root.string();
}
