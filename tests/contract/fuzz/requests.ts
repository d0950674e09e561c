import fc, { type Arbitrary } from 'fast-check';
import { damages, oddValues, type Damage } from './damage.ts';
import type { JsonSchema, Operation } from './document.ts';
import { fitting, known, type ExistingValues } from './values.ts';

/** The kind of caller. */
export type CallerKind = 'anonymous' | 'user' | 'admin';

/** A body that is not JSON, or is not declared as JSON. */
export interface RawBody {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request that may contain `Known` values. They are replaced by existing ids, tokens and cursors when it is sent. */
export interface Plan {
  readonly callerKind: CallerKind;
  /** A number that selects which existing resources appear in the path. */
  readonly choice: number;
  readonly hasCookie: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly harm: Harm | null;
}

/** How a request is broken. */
export type Harm =
  | { readonly part: 'body'; readonly damages: readonly Damage[] }
  | { readonly part: 'params' | 'headers'; readonly at: number; readonly text: string }
  | { readonly part: 'query'; readonly key: string; readonly at: number; readonly text: string }
  | { readonly part: 'raw'; readonly raw: RawBody };

/** Returns the collection that an id belongs to: `productId` → `products`. */
const collectionOf = (name: string): string | undefined => {
  if (['actorId', 'subjectId', 'customerId', 'userId'].includes(name)) return 'users';
  return name.endsWith('Id') ? `${name.slice(0, -2)}s` : undefined;
};

const existingValues: ExistingValues = (name, schema) => {
  const collection = schema.format === 'uuid' ? collectionOf(name) : undefined;
  if (collection !== undefined) return known(`id:${collection}`);
  if (name === 'email') return known('email');
  if (name === 'password' || name === 'currentPassword') return known('password');
  if (name === 'token') return known('token');
  if (name === 'scopes') return fc.constantFrom(['orders:place'], ['users:manage']);
  if (name === 'allowedAddresses') return fc.constantFrom(['127.0.0.1'], ['10.0.0.0/8', '::1'], []);
  if (name === 'events' && schema.type === 'array') return fc.constant(['order.paid']);
  if (name === 'url') return fc.constantFrom('https://example.com/hooks', 'http://127.0.0.1:9999/hooks');
  if (name === 'expiresAt') return known('soon');
  return undefined;
};

// Generate either a page number or a cursor, because a list does not accept both.
const listing = (schema: JsonSchema): Arbitrary<Record<string, unknown>> => {
  const { page, cursor, ...others } = schema.properties ?? {};
  const rest = fitting({ ...schema, properties: others }, existingValues) as Arbitrary<
    Record<string, unknown>
  >;
  if (page === undefined || cursor === undefined) return fitting(schema, existingValues) as typeof rest;
  const place = fc.oneof(
    fc.constant({}),
    fc.record({ page: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ cursor: fc.oneof(fc.constant(''), known('cursor')) }),
  );
  const narrowed = fc.tuple(rest, place).map(([query, where]) => ({ ...query, ...where }));
  return fc.oneof({ weight: 4, arbitrary: narrowed }, { weight: 1, arbitrary: place });
};

const headerValues: Readonly<Record<string, Arbitrary<unknown>>> = {
  'If-Match': fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom('*', '"v1"', '"v2"') },
    { weight: 1, arbitrary: fc.constantFrom('"v99"', 'W/"v1"', '"v1", "v2"') },
  ),
  'If-None-Match': fc.constantFrom(undefined, '*', '"v1"', 'W/"v1"', '"v99"'),
  'Idempotency-Key': fc.oneof({ weight: 3, arbitrary: fc.uuid() }, { weight: 1, arbitrary: known('key') }),
};

const common = fc.record(
  {
    'Accept-Language': fc.constantFrom('de', 'en', 'de-CH, en;q=0.5', 'fr', '*'),
    Accept: fc.constantFrom('application/json', 'application/problem+json', '*/*', 'text/html'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const oddHeaders = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    '"v',
    'v1',
    '"v-1"',
    '"v99999999999999999999"',
    '*, *',
    'W/',
    ';;;',
    'q=;q=',
    'x'.repeat(300),
    'ÿþ',
    'de;q=9,,;=',
  ),
  fc.string({ maxLength: 30 }).filter((text) => /^[\x21-\x7e]*$/.test(text)),
);

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const oddTexts = oddValues.map(asText).filter((text) => text.isWellFormed() && text.length < 2_000);

const json = { 'Content-Type': 'application/json' };
const rawBodies: Arbitrary<RawBody> = fc.oneof(
  fc.constantFrom<RawBody>(
    { text: '{', headers: json },
    { text: '{"a":1e400}', headers: json },
    { text: '{"a":1,"a":2}', headers: json },
    { text: '[]', headers: json },
    { text: 'null', headers: json },
    { text: '"text"', headers: json },
    { text: '\ufeff{}', headers: json },
    { text: `${'['.repeat(50)}${']'.repeat(50)}`, headers: json },
    { text: `{"a":"${'x'.repeat(110_000)}"}`, headers: json },
    { text: '{"a":1}', headers: { 'Content-Type': 'text/plain' } },
    { text: '{"a":1}', headers: { 'Content-Type': 'application/json; charset=utf-16' } },
    { text: '{"a":1}', headers: { ...json, 'Content-Encoding': 'gzip' } },
    { text: '{"a":1}', headers: { ...json, 'Content-Encoding': 'br' } },
    { text: '{"a":1}', headers: { ...json, 'Content-Encoding': 'none' } },
    { text: 'a=1&b=2', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    { text: 'sku,name\n"', headers: { 'Content-Type': 'text/csv' } },
  ),
  fc.string({ maxLength: 50 }).map((text) => ({ text, headers: json })),
);

function harms({ method, body, pathSchema }: Operation): Arbitrary<Harm> {
  const at = fc.nat({ max: 20 });
  const hasParams = Object.keys(pathSchema.properties ?? {}).length > 0;
  const ofBody = fc.record({
    part: fc.constant('body' as const),
    damages: fc.array(damages, { minLength: 1, maxLength: 2 }),
  });
  const ofQuery = fc.record({
    part: fc.constant('query' as const),
    key: fc.constantFrom('', 'unknown', '__proto__', 'constructor', 'page', 'limit', 'sort', 'cursor', 'q'),
    at,
    text: oddTexts,
  });
  return fc.oneof(
    ...(body?.type === 'application/json' ? [{ weight: 6, arbitrary: ofBody }] : []),
    ...(hasParams
      ? [{ weight: 2, arbitrary: fc.record({ part: fc.constant('params' as const), at, text: oddTexts }) }]
      : []),
    { weight: method === 'get' ? 6 : 1, arbitrary: ofQuery },
    { weight: 1, arbitrary: fc.record({ part: fc.constant('headers' as const), at, text: oddHeaders }) },
    ...(method === 'get'
      ? []
      : [{ weight: 2, arbitrary: fc.record({ part: fc.constant('raw' as const), raw: rawBodies }) }]),
  );
}

const csv = fc
  .array(fc.tuple(fc.stringMatching(/^[A-Z]{3,8}$/), fc.nat(), fc.constantFrom('EUR', 'USD', 'x')), {
    maxLength: 4,
  })
  .map((lines) =>
    [
      'sku,name,description,priceMinor,currency,stock',
      ...lines.map(([sku, price, currency]) => `${sku},Lamp,,${price},${currency},1`),
    ].join('\n'),
  );

const bodies = ({ body }: Operation): Arbitrary<unknown> => {
  if (body === null) return fc.constantFrom(undefined, {});
  return body.type === 'application/json' ? fitting(body.schema, existingValues) : csv;
};

/** Returns random requests of an operation. Half of them match the document; the others are broken. */
export function plansFor(operation: Operation): Arbitrary<Plan> {
  const own = Object.fromEntries(
    operation.headers.map((name) => [name, headerValues[name] ?? fc.constant(undefined)]),
  );
  return fc.record({
    callerKind: fc.oneof(
      { weight: operation.isOpen ? 2 : 1, arbitrary: fc.constant<CallerKind>('anonymous') },
      { weight: 4, arbitrary: fc.constant<CallerKind>('user') },
      { weight: 4, arbitrary: fc.constant<CallerKind>('admin') },
    ),
    choice: fc.nat({ max: 1_000 }),
    hasCookie: fc.boolean(),
    params: fitting(operation.pathSchema, existingValues) as Arbitrary<Record<string, unknown>>,
    query: listing(operation.querySchema),
    headers: fc
      .tuple(common, fc.record(own))
      .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>),
    body: bodies(operation),
    harm: fc.option(harms(operation), { freq: 2 }),
  });
}
