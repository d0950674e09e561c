import { describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import { findLosses } from './losses.ts';
import { describeApp, schemasOf } from './routes.ts';

describe('the JSON Schema of each route schema', () => {
  const schemas = describeApp().modules.routes.flatMap(schemasOf);

  it.each(schemas.map(({ name, schema }) => [name, schema] as const))('%s loses no rule', (_name, schema) => {
    expect(findLosses(schema)).toEqual([]);
  });

  const text = Joi.string();
  const bad: Record<string, [Joi.AnySchema, string]> = {
    xor: [Joi.object({ a: text, b: text }).xor('a', 'b'), 'root: .dependencies'],
    or: [Joi.object({ a: text, b: text }).or('a', 'b'), 'root: .dependencies'],
    and: [Joi.object({ a: text, b: text }).and('a', 'b'), 'root: .dependencies'],
    oxor: [Joi.object({ a: text, b: text }).oxor('a', 'b'), 'root: .dependencies'],
    with: [Joi.object({ a: text, b: text }).with('a', 'b'), 'root: .dependencies'],
    without: [Joi.object({ a: text, b: text }).without('a', 'b'), 'root: .dependencies'],
    'a reference': [
      Joi.object({ from: Joi.number(), to: Joi.number().min(Joi.ref('from')) }),
      'to: .min(ref)',
    ],
    'a reference as a value': [Joi.object({ a: text, b: Joi.valid(Joi.ref('a')) }), 'b: ref'],
    'a reference as a default': [Joi.object({ a: text, b: text.default(Joi.ref('a')) }), 'b: ref'],
    custom: [Joi.object({ a: text.custom((value: unknown) => value) }), 'a: .custom()'],
    when: [Joi.object({ a: text, b: text.when('a', { is: 'x', then: Joi.required() }) }), 'b: .whens'],
    external: [Joi.object({ a: text.external(() => undefined) }), 'a: .externals'],
    rename: [Joi.object({ a: text }).rename('b', 'a'), 'root: .renames'],
    assert: [Joi.object({ a: text }).assert('.a', Joi.valid('x')), 'root: .assert()'],
    'a rule in a list': [Joi.array().items(Joi.object({ a: text.trim() })), '*.a: .trim()'],
    'a rule in an alternative': [Joi.alternatives(text.lowercase(), Joi.number()), '|: .case()'],
    'a rule behind a pattern': [Joi.object().pattern(text, text.hex()), '*: .hex()'],
    'a pattern with flags': [text.pattern(/a/i), 'root: .pattern(with flags)'],
    'an inverted pattern': [text.pattern(/a/, { invert: true }), 'root: .pattern(inverted)'],
    invalid: [text.invalid('x'), 'root: .invalid'],
    forbidden: [Joi.object({ a: Joi.forbidden() }), 'a: .forbidden()'],
    strip: [Joi.object({ a: text.strip() }), 'a: flag result'],
    empty: [text.empty(''), 'root: flag empty'],
    truthy: [Joi.boolean().truthy('yes'), 'root: .truthy'],
    'unique by a key': [Joi.array().items(text).unique('id'), 'root: .unique(comparator)'],
    'a version of UUID': [text.uuid({ version: 'uuidv7' }), 'root: .guid(version)'],
    'null among values': [Joi.valid('a', 'b').allow(null), 'root: null among valid values'],
    conversion: [text.prefs({ convert: true }), 'root: preference convert'],
    date: [Joi.date(), 'root: type date'],
    link: [Joi.link('#a'), 'root: type link'],
  };

  it.each(Object.entries(bad))('reports a lost rule: %s', (_name, [schema, loss]) => {
    expect(findLosses(schema)).toContain(loss);
  });
});
