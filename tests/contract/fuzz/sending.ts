import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type supertest from 'supertest';
import { damaged } from './damage.ts';
import type { JsonSchema, Operation } from './document.ts';
import type { Plan } from './requests.ts';
import type { World } from './world.ts';

const ajv = new Ajv2020({ strict: false, validateSchema: false });
addFormats.default(ajv);
const compiled = new WeakMap<JsonSchema, ValidateFunction>();

const fits = (schema: JsonSchema, value: unknown): boolean => {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  return validate(value);
};

/** A sent request and its response. */
export interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** True if the request violates the document, so the service must refuse it. */
  readonly isInvalid: boolean;
  readonly response: supertest.Response;
}

// Replace the segments `.` and `..`, because clients would remove them from the URL.
const segment = (value: unknown): string => {
  const text = String(value);
  return /^\.{1,2}$/.test(text) ? '...' : encodeURIComponent(text);
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function paramsOf(world: World, operation: Operation, plan: Plan, ownerId: string | null) {
  const random = Object.fromEntries(
    Object.entries(plan.params).map(([name, value]) => [name, asText(value)]),
  );
  // In one request of eight, use random ids that belong to nothing.
  const params =
    plan.choice % 8 === 0 ? random : { ...random, ...world.pathParams(operation, plan.choice, ownerId) };
  const { harm } = plan;
  const names = Object.keys(params);
  const name = names[harm?.part === 'params' ? harm.at % names.length : -1];
  return harm?.part === 'params' && name !== undefined ? { ...params, [name]: harm.text } : params;
}

function queryOf({ query, harm }: Plan, fill: (value: unknown) => unknown): string {
  const pairs = Object.entries(fill(query) as object).flatMap(([key, value]) =>
    [value].flat().map((one: unknown): [string, string] => [key, asText(one)]),
  );
  if (harm?.part === 'query') pairs.splice(harm.at % (pairs.length + 1), harm.at % 2, [harm.key, harm.text]);
  return pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
}

function bodyOf({ body: planned, harm }: Plan, { body }: Operation, fill: (value: unknown) => unknown) {
  if (harm?.part === 'raw') return harm.raw;
  const filled = fill(planned);
  const value = harm?.part === 'body' ? harm.damages.reduce(damaged, filled) : filled;
  if (value === undefined) return { text: undefined, headers: {} };
  if (body !== null && body.type !== 'application/json')
    return { text: asText(value), headers: { 'Content-Type': body.type } };
  return { text: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } };
}

function headersOf({ headers, harm }: Plan, fill: (value: unknown) => unknown): Record<string, string> {
  const filled = Object.entries(fill(headers) as object).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  if (harm?.part !== 'headers') return Object.fromEntries(filled);
  const harmed = [
    ...filled.map(([name]) => name),
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'Accept',
    'Accept-Language',
    'X-Request-Id',
    'Authorization',
  ];
  return { ...Object.fromEntries(filled), [harmed[harm.at % harmed.length] ?? 'Accept']: harm.text };
}

const parse = (text: string | undefined): unknown => {
  try {
    // Remove a byte order mark at the start as the service does, because RFC 8259 allows that.
    return text === undefined ? undefined : JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
};

/**
 * Sends a planned request after replacing its `Known` values. Remembers the ids and tokens in the response in `world`.
 */
export async function send(world: World, operation: Operation, plan: Plan): Promise<Sent> {
  const { callerKind, harm, hasCookie } = plan;
  const caller = callerKind === 'anonymous' ? null : await world.caller(callerKind);
  const fill = (value: unknown) => world.fill(value, caller);
  const params = paramsOf(world, operation, plan, caller?.id ?? null);
  const query = queryOf(plan, fill);
  const path =
    operation.path
      .replace('/api/v1', '')
      .replace(/\{(\w+)\}/g, (_all, name: string) => segment(params[name])) +
    (query === '' ? '' : `?${query}`);
  const { text, headers: ofBody } = bodyOf(plan, operation, fill);
  const headers: Record<string, string> = {
    ...headersOf(plan, fill),
    ...ofBody,
    ...(hasCookie && caller !== null && { Cookie: caller.cookie, 'X-Requested-With': 'fuzz' }),
  };

  const requests = caller === null ? world.test.http : world.test.as(caller);
  const response = await requests[operation.method](path).set(headers).send(text);
  world.learn(operation, { callerKind, params, key: headers['Idempotency-Key'] }, response);
  if (callerKind !== 'anonymous' && response.status === 401 && harm?.part !== 'headers')
    await world.replaceCaller(callerKind);

  const { body } = operation;
  const isJson = body?.type === 'application/json';
  const isInvalid =
    harm?.part === 'query'
      ? !(harm.key in (operation.querySchema.properties ?? {}))
      : isJson && (harm?.part === 'body' || harm?.part === 'raw') && !fits(body.schema, parse(text));
  return { path, headers, body: text, isInvalid, response };
}
