import type Joi from 'joi';
import { freeFormMark } from '../../src/core/schema.ts';

interface Node {
  readonly type?: string;
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly preferences?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly { readonly name: string; readonly args?: Readonly<Record<string, unknown>> }[];
  readonly allow?: readonly unknown[];
  readonly keys?: Readonly<Record<string, Node>>;
  readonly items?: readonly Node[];
  readonly patterns?: readonly { readonly schema?: Node; readonly rule?: Node }[];
  readonly matches?: readonly { readonly schema?: Node }[];
  readonly metas?: readonly Readonly<Record<string, unknown>>[];
}

/** Rules by type that a JSON Schema keeps: those that Joi 18.3 converts, and those of core/canonical-string.ts. */
const carriedRules: Readonly<Record<string, readonly string[]>> = {
  any: [],
  boolean: [],
  string: ['min', 'max', 'length', 'pattern', 'guid', 'isoDate', 'email', 'uri', 'characters', 'visible'],
  number: ['integer', 'min', 'max', 'greater', 'less', 'multiple', 'positive', 'negative', 'port'],
  array: ['min', 'max', 'length', 'unique'],
  object: ['min', 'max', 'length'],
  alternatives: [],
};

const carriedKeys = new Set([
  ...['type', 'flags', 'rules', 'allow', 'keys', 'items', 'patterns', 'matches'],
  // Keys that do not restrict values.
  ...['metas', 'notes', 'tags', 'examples', 'preferences'],
]);

const carriedFlags = new Set(['presence', 'default', 'only', 'description', 'unknown', 'id', 'label']);
const carriedPreferences = new Set(['messages']);
const carriedPresence = new Set<unknown>([undefined, 'required', 'optional']);

const isRef = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('ref' in value || Object.values(value).some(isRef));

function lossesOfRule(type: string, { name, args = {} }: NonNullable<Node['rules']>[number]): string[] {
  if (carriedRules[type]?.includes(name) !== true) return [`.${name}()`];
  if (isRef(args)) return [`.${name}(ref)`];
  if (name === 'pattern') {
    if ((args['options'] as { invert?: boolean } | undefined)?.invert === true) return ['.pattern(inverted)'];
    if (!String(args['regex']).endsWith('/')) return ['.pattern(with flags)'];
  }
  if (name === 'unique' && Object.keys(args).length > 0) return ['.unique(comparator)'];
  if (name === 'guid' && Object.hasOwn(args['options'] ?? {}, 'version')) return ['.guid(version)'];
  return [];
}

// Ignore these rules: they normalize text before it is validated, so the service accepts more than the document says,
// but never less.
const normalizingRules = new Set(['trim', 'normalize']);

const isNormalized = ({ type, preferences, rules = [] }: Node): boolean =>
  type === 'string' &&
  preferences?.['convert'] === true &&
  rules.some(({ name }) => normalizingRules.has(name));

function withoutNormalizing(node: Node): Node {
  if (!isNormalized(node)) return node;
  const { convert: _convert, ...preferences } = node.preferences ?? {};
  return {
    ...node,
    preferences,
    rules: (node.rules ?? []).filter(({ name }) => !normalizingRules.has(name)),
  };
}

// Ignore the limit in bytes: JSON Schema has no such rule, so only the description states the limit.
const withoutSize = (node: Node): Node =>
  node.metas?.some((meta) => meta[freeFormMark] === true) === true
    ? { ...node, rules: (node.rules ?? []).filter(({ name }) => name !== 'custom') }
    : node;

function lossesOf(described: Node, at: string): string[] {
  const node = withoutSize(withoutNormalizing(described));
  const { type = 'any', flags = {}, preferences = {}, rules = [], allow = [] } = node;
  const own = [
    ...(type in carriedRules ? [] : [`type ${type}`]),
    ...Object.keys(node)
      .filter((key) => !carriedKeys.has(key))
      .map((key) => `.${key}`),
    ...Object.keys(flags)
      .filter((flag) => !carriedFlags.has(flag))
      .map((flag) => `flag ${flag}`),
    ...Object.keys(preferences)
      .filter((name) => !carriedPreferences.has(name))
      .map((name) => `preference ${name}`),
    ...(carriedPresence.has(flags['presence']) ? [] : ['.forbidden()']),
    ...(isRef([flags['default'], allow]) ? ['ref'] : []),
    // Joi omits a null that `allow` adds to a list of values.
    ...(flags['only'] === true && allow.includes(null) && allow.length > 1
      ? ['null among valid values']
      : []),
    ...rules.flatMap((rule) => lossesOfRule(type, rule)),
  ];
  const inner: [string, Node | undefined][] = [
    ...Object.entries(node.keys ?? {}),
    ...(node.items ?? []).map((item): [string, Node] => ['*', item]),
    ...(node.patterns ?? []).map(({ rule }): [string, Node | undefined] => ['*', rule]),
    ...(node.matches ?? []).map(({ schema }): [string, Node | undefined] => ['|', schema]),
  ];
  return [
    ...own.map((loss) => `${at || 'root'}: ${loss}`),
    ...inner.flatMap(([key, child]) =>
      child === undefined ? [] : lossesOf(child, at ? `${at}.${key}` : key),
    ),
  ];
}

/** Returns the rules of a Joi schema that are missing from its JSON Schema, and therefore from the OpenAPI document. */
export const findLosses = (schema: Joi.AnySchema): string[] => lossesOf(schema.describe() as Node, '');
