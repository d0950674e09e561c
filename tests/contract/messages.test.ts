import { describe, expect, it } from '@jest/globals';
import type Joi from 'joi';
import { joiMessages } from '../../src/core/joi.messages.ts';
import { defaultLanguage, isTexts, languages, type Language } from '../../src/core/languages.ts';
import { compileValidator } from '../../src/http/validate.ts';
import type { Schema } from '../../src/core/schema.ts';
import { describeApp, nameOf } from './routes.ts';

interface Node {
  readonly type?: string;
  readonly flags?: { readonly only?: boolean };
  readonly rules?: readonly { readonly name: string }[];
  readonly preferences?: { readonly messages?: Readonly<Record<string, unknown>> };
  readonly keys?: Readonly<Record<string, Node>>;
  readonly items?: readonly Node[];
  readonly patterns?: readonly { readonly rule?: Node }[];
  readonly matches?: readonly { readonly schema?: Node }[];
}

const nodeOf = (schema: Schema): Node => (schema as Joi.AnySchema).describe();

const childrenOf = ({ keys = {}, items = [], patterns = [], matches = [] }: Node): Node[] =>
  [
    ...Object.values(keys),
    ...items,
    ...patterns.map(({ rule }) => rule),
    ...matches.map(({ schema }) => schema),
  ].filter((child) => child !== undefined);

/** Returns the schema and all schemas within it. */
const nodesIn = (node: Node): Node[] => [node, ...childrenOf(node).flatMap(nodesIn)];

// Maps each rule that reports error codes other than its name to these codes.
const codesOfRule: Readonly<Record<string, readonly string[]>> = {
  'string.characters': ['string.min', 'string.max'],
  'string.pattern': ['string.pattern.base'],
  'string.visible': ['string.pattern.base'],
  'string.uri': ['string.uri', 'string.uriCustomScheme', 'string.uriRelativeOnly'],
};

/** Returns the error codes that Joi reports for violations of this schema. Ignores the schemas within it. */
function codesOf({ type = 'any', flags = {}, rules = [], items, keys, patterns, matches }: Node): string[] {
  return [
    'any.required',
    ...(type === 'any' || type === 'alternatives' ? [] : [`${type}.base`]),
    ...(type === 'string' ? ['string.empty'] : []),
    ...(type === 'number' ? ['number.infinity', 'number.unsafe'] : []),
    ...(type === 'array' ? ['array.sparse'] : []),
    ...(flags.only === true ? ['any.only'] : []),
    ...(keys === undefined && patterns === undefined ? [] : ['object.unknown']),
    ...(items === undefined ? [] : ['array.includes']),
    ...(matches === undefined ? [] : ['alternatives.match', 'alternatives.types', 'alternatives.any']),
    ...rules.flatMap(({ name }) => codesOfRule[`${type}.${name}`] ?? [`${type}.${name}`]),
  ];
}

/** Maps each error code that has its own message in this schema to the languages of the message. */
function ownTextsOf({ preferences = {} }: Node): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (code: string, language: string) => {
    found.set(code, (found.get(code) ?? new Set()).add(language));
  };
  for (const [key, value] of Object.entries(preferences.messages ?? {})) {
    if (key.includes('.')) add(key, defaultLanguage);
    else for (const code of Object.keys(value as object)) add(code, key);
  }
  return found;
}

/**
 * Returns an input with the text for each value that the schema declares, and for one key that the schema does not
 * declare.
 */
function plant({ keys, items }: Node, text: unknown): unknown {
  if (keys !== undefined) {
    const inner = Object.entries(keys).map(([key, child]) => [key, plant(child, text)]);
    return { ...Object.fromEntries(inner), unknownKey: text };
  }
  return items === undefined ? text : [...items, ...items].map((item) => plant(item, text));
}

/** Returns an object with the text for every key, even if the schema requires another type. */
const flatten = ({ keys = {} }: Node, text: unknown): object =>
  Object.fromEntries(Object.keys(keys).map((key) => [key, text]));

/** Returns inputs that contain the text. Only a body can be anything other than an object. */
const withText = (part: string, node: Node, text: unknown): unknown[] => [
  plant(node, text),
  flatten(node, text),
  ...(part === 'body' ? [text, [text]] : []),
];

const mark = 'Sentinel';
const texts = [
  mark,
  `${mark} <b>"'`,
  mark.repeat(2_000),
  `-${mark},${mark}`,
  `${mark}@${mark}`,
  `1e5${mark}`,
];
const others = ['', ' ', null, undefined, true, -1, 1.5, 1e300, [], {}];

const parts = describeApp().modules.routes.flatMap((bound) =>
  (['params', 'query', 'body'] as const).flatMap((part) => {
    const schema = bound.route[part];
    return schema === undefined ? [] : [[`${nameOf(bound)} ${part}`, part, schema] as const];
  }),
);

describe('validation messages', () => {
  it.each(parts)('%s: never quote the input', (_name, part, schema) => {
    const validate = compileValidator({ [part]: schema });
    const node = nodeOf(schema);
    const inputs = texts.flatMap((text) => withText(part, node, text));
    for (const language of languages) {
      const messages = inputs
        .flatMap((input) => validate({ params: {}, query: {}, body: {}, [part]: input }, language).issues)
        .map(({ message }) => JSON.stringify(message));
      expect(messages).not.toEqual([]);
      expect(messages.filter((message) => message.includes(mark))).toEqual([]);
    }
  });

  it.each(parts)('%s: are in the requested language', (_name, part, schema) => {
    const validate = compileValidator({ [part]: schema });
    const node = nodeOf(schema);
    const inputs = [...texts, ...others].flatMap((text) => withText(part, node, text));
    const messagesIn = (language: Language) =>
      inputs
        .flatMap((input) => validate({ params: {}, query: {}, body: {}, [part]: input }, language).issues)
        .map(({ message, rule }) => [rule, isTexts(message) ? message[language] : message]);
    const english = messagesIn('en');
    for (const language of languages.slice(1)) {
      const messages = messagesIn(language);
      expect(messages.map(([rule]) => rule)).toEqual(english.map(([rule]) => rule));
      expect(messages.filter(([, message], index) => message === english[index]?.[1])).toEqual([]);
      // No message contains an unknown placeholder: Joi leaves it in the text if it does not know the variable.
      expect(messages.filter(([, message]) => /[{}]|undefined|\s{2}/.test(message ?? ''))).toEqual([]);
    }
  });

  it.each(parts)('%s: exist in every language for every rule', (_name, _part, schema) => {
    for (const node of nodesIn(nodeOf(schema))) {
      const own = ownTextsOf(node);
      for (const [code, has] of own) expect([code, [...has].sort()]).toEqual([code, [...languages].sort()]);
      for (const language of languages.slice(1)) {
        const missing = codesOf(node).filter((code) => !own.has(code) && !(code in joiMessages[language]));
        expect([language, missing]).toEqual([language, []]);
      }
    }
  });
});
