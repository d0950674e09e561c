import { addition, breaking, without, type Change } from './change.ts';
import { schemaOf, type JsonSchema, type OpenApi } from './document.ts';

/**
 * The use of a schema. The schemas of requests may become looser, and the schemas of responses stricter. The reverse
 * breaks clients.
 */
export type Direction = 'request' | 'response';

interface Pair {
  readonly before: JsonSchema;
  readonly after: JsonSchema;
  /**
   * The place of the schema, such as `body.items.quantity`. For a named schema it begins with the name, such as
   * `Product.name`.
   */
  readonly at: string;
  readonly direction: Direction;
}

type Rule = (pair: Pair) => Change[];

const typesOf = ({ type, enum: values, const: only }: JsonSchema): string[] => {
  if (type !== undefined) return [type].flat();
  const known = only === undefined ? values : [only];
  return [...new Set((known ?? []).map((value) => (value === null ? 'null' : typeof value)))];
};

const accepts = (types: readonly string[], type: string): boolean =>
  types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'));

const types: Rule = ({ before, after, at, direction }) => {
  const [old, now] = [typesOf(before), typesOf(after)];
  const [narrower, wider] = direction === 'request' ? [now, old] : [old, now];
  // Accept a missing type, because a schema without `type` allows any type.
  const isKept =
    (wider.length > 0 || narrower.length === 0) && wider.every((type) => accepts(narrower, type));
  if (isKept) return [];
  const word = (list: readonly string[]) => list.join(' or ') || 'anything';
  return [breaking(`\`${at}\` in the ${direction} was ${word(old)} and is ${word(now)}`)];
};

const valuesOf = ({ enum: values, const: only }: JsonSchema): string[] | undefined =>
  (only === undefined ? values : [only])?.map((value) => JSON.stringify(value));

const list = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');

const values: Rule = ({ before, after, at, direction }) => {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  if (old === undefined && now === undefined) return [];
  if (old === undefined)
    return direction === 'request' ? [breaking(`\`${at}\` now accepts only ${list(now ?? [])}`)] : [];
  if (now === undefined)
    return direction === 'request'
      ? [addition(`\`${at}\` now accepts more than ${list(old)}`)]
      : [breaking(`\`${at}\` in the response is no longer only ${list(old)}`)];
  const [removed, added] = [without(old, now), without(now, old)];
  const isRequest = direction === 'request';
  return [
    ...(isRequest && removed.length > 0 ? [breaking(`\`${at}\` no longer accepts ${list(removed)}`)] : []),
    ...(isRequest && added.length > 0 ? [addition(`\`${at}\` also accepts ${list(added)}`)] : []),
    ...(!isRequest && added.length > 0
      ? [breaking(`\`${at}\` in the response can now be ${list(added)}`)]
      : []),
  ];
};

const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

const numberAt = (schema: JsonSchema, key: string, otherwise: number): number => {
  const value = schema[key];
  return typeof value === 'number' ? value : otherwise;
};

const bounds: Rule = ({ before, after, at, direction }) => {
  if (direction === 'response') return [];
  const describe = (key: string, old: number, now: number) =>
    `\`${at}\`: ${key} was ${Number.isFinite(old) ? old : 'not set'} and is ${Number.isFinite(now) ? now : 'not set'}`;
  const compare = (key: string, none: number) => {
    const [old, now] = [numberAt(before, key, none), numberAt(after, key, none)];
    if (old === now) return [];
    const isNarrower = none === Infinity ? now < old : now > old;
    return [(isNarrower ? breaking : addition)(describe(key, old, now))];
  };
  return [
    // Compare a missing minimum of a length or count as 0.
    ...lower.flatMap((key) => compare(key, /minimum$/i.test(key) ? -Infinity : 0)),
    ...upper.flatMap((key) => compare(key, Infinity)),
  ];
};

const forms: Rule = ({ before, after, at, direction }) => {
  const changed = (['format', 'pattern', 'multipleOf', 'uniqueItems'] as const).filter(
    (key) => before[key] !== after[key] && !(key === 'uniqueItems' && after[key] !== true),
  );
  return changed.flatMap((key) => {
    // Report a removed format of a response, because clients may rely on the format of a value.
    if (direction === 'response') {
      const isLost = key === 'format' && before[key] !== undefined;
      return isLost ? [breaking(`\`${at}\` in the response no longer has the same format`)] : [];
    }
    return after[key] === undefined
      ? [addition(`\`${at}\`: the ${key} is no longer required`)]
      : [breaking(`\`${at}\`: the ${key} changed`)];
  });
};

const properties: Rule = ({ before, after, at, direction }) => {
  const [old, now] = [Object.keys(before.properties ?? {}), Object.keys(after.properties ?? {})];
  const isRequired = (key: string) => after.required?.includes(key) === true;
  const was = (key: string) => before.required?.includes(key) === true;
  const path = (key: string) => `\`${at}.${key}\``;
  const kept = old.filter((key) => now.includes(key));
  if (direction === 'response')
    return [
      ...without(old, now).map((key) => breaking(`${path(key)} was removed from the response`)),
      ...without(now, old).map((key) => addition(`${path(key)} was added to the response`)),
      ...kept
        .filter((key) => was(key) && !isRequired(key))
        .map((key) => breaking(`${path(key)} may be missing from the response`)),
    ];
  const isClosed = after.additionalProperties === false;
  return [
    ...(isClosed ? without(old, now) : []).map((key) => breaking(`${path(key)} is no longer accepted`)),
    ...without(now, old).map((key) =>
      isRequired(key) ? breaking(`${path(key)} was added as required`) : addition(`${path(key)} was added`),
    ),
    ...kept
      .filter((key) => isRequired(key) && !was(key))
      .map((key) => breaking(`${path(key)} is now required`)),
    ...(isClosed && before.additionalProperties !== false
      ? [breaking(`\`${at}\` no longer accepts other keys`)]
      : []),
  ];
};

const choicesOf = ({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] => anyOf ?? oneOf ?? [];
const choiceName = (choice: JsonSchema): string => choice.$ref ?? JSON.stringify(choice);

const choices: Rule = ({ before, after, at, direction }) => {
  const [old, now] = [choicesOf(before).map(choiceName), choicesOf(after).map(choiceName)];
  if (old.length === 0 || now.length === 0) return [];
  const [lost, added] = [without(old, now), without(now, old)];
  if (direction === 'request' && lost.length > 0)
    return [breaking(`\`${at}\`: an accepted alternative was removed or changed`)];
  if (direction === 'response' && added.length > 0)
    return [breaking(`\`${at}\` in the response has a new alternative`)];
  return added.length > 0 ? [addition(`\`${at}\` accepts a new alternative`)] : [];
};

/** The rules that compare two schemas at the same place. */
const rules: readonly Rule[] = [types, values, bounds, forms, properties, choices];

/** Returns every change of a schema and of the schemas inside it that matters to clients. */
export function compareSchemas(
  documents: { readonly before: OpenApi; readonly after: OpenApi },
  { before, after, at, direction }: Pair,
  seen: ReadonlySet<string> = new Set(),
): Change[] {
  const [old, now] = [schemaOf(documents.before, before), schemaOf(documents.after, after)];
  const place = now.name ?? at;
  // Stop at a schema that was seen already, because schemas can contain themselves.
  if (now.name !== undefined && seen.has(now.name)) return [];
  const inside = now.name === undefined ? seen : new Set([...seen, now.name]);
  const pair: Pair = { before: old.schema, after: now.schema, at: place, direction };

  const children: [string, JsonSchema | undefined, JsonSchema | undefined][] = [
    ...Object.entries(old.schema.properties ?? {}).map(
      ([key, schema]): [string, JsonSchema, JsonSchema | undefined] => [
        `${place}.${key}`,
        schema,
        now.schema.properties?.[key],
      ],
    ),
    [`${place}[]`, old.schema.items, now.schema.items],
    ...choicesOf(old.schema).map((choice): [string, JsonSchema, JsonSchema | undefined] => [
      place,
      choice,
      choicesOf(now.schema).find((other) => choiceName(other) === choiceName(choice)),
    ]),
  ];
  return [
    ...rules.flatMap((rule) => rule(pair)),
    ...children.flatMap(([inner, a, b]) =>
      a === undefined || b === undefined
        ? []
        : compareSchemas(documents, { before: a, after: b, at: inner, direction }, inside),
    ),
  ];
}
