import { coreErrors, type ErrorFactory } from '../core/errors.ts';
import { apiRoot, authScheme, statusOf, successSchema } from './envelope.ts';
import { Components, jsonSchemaOf, metaOf, ref, type Json } from './openapi-components.ts';
import type { BoundRoute } from './route.ts';
import { uploadMaxSeconds, uploadStallSeconds, type RouteDefinition, type Upload } from './route.ts';
import { describeKeys, keyTypes, type Schema } from '../core/schema.ts';

/** The part of the document that the route tables cannot tell. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Permission → what it allows. */
  readonly permissions: Readonly<Record<string, string>>;
  /** What a caller whose token is known can be refused with, on every route that asks for one. */
  readonly refusals: readonly ErrorFactory[];
}

/** What an operation is written with, beside its route. */
interface OperationContext {
  readonly components: Components;
  readonly refusals: readonly ErrorFactory[];
  /** Whether it may name the version that its change is based on. */
  readonly isConditional: boolean;
}

const pageMeta: Json = {
  type: 'object',
  properties: { pagination: { anyOf: [ref('PageNumbers'), ref('CursorPosition')] } },
  required: ['pagination'],
};

const successTexts: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No content',
  302: 'The browser goes on elsewhere',
};

const stringHeader = (description: string): Json => ({ description, schema: { type: 'string' } });

function repliesOf({ replies }: RouteDefinition, components: Components): Json {
  const entries = Object.entries(replies).map(([status, schema]) => {
    const description = successTexts[Number(status)] ?? 'Success';
    if (schema === null) return [status, { description }];
    const { isPage } = metaOf(schema);
    const properties = describeKeys(schema);
    const headers = {
      ...('version' in properties && { ETag: stringHeader('The version, for If-Match and If-None-Match.') }),
      ...(status === '201' && { Location: stringHeader('Where it is, when it has an address of its own.') }),
    };
    const content = {
      'application/json': {
        schema: successSchema(components.of(schema), isPage === true ? pageMeta : undefined),
      },
    };
    return [status, { description, ...(Object.keys(headers).length > 0 && { headers }), content }];
  });
  return Object.fromEntries(entries) as Json;
}

const isVersioned = ({ replies }: RouteDefinition): boolean =>
  Object.values(replies).some((schema) => schema !== null && keyTypes(schema).has('version'));

/** The errors that a route can end in by what it declares, beside those that it names. */
function errorsOf(route: RouteDefinition, { refusals, isConditional }: OperationContext): ErrorFactory[] {
  const { access, upload, errors = [], idempotency } = route;
  return [
    coreErrors.validation,
    coreErrors.malformedUrl,
    // A body is read on every route: one without a body accepts none or `{}`.
    coreErrors.badRequest,
    ...(upload === undefined ? [coreErrors.malformedJson] : []),
    ...(access === 'public' || access === 'optional' ? [] : [coreErrors.unauthenticated, ...refusals]),
    ...(typeof access === 'object' || (access === 'authenticated' && !route.acceptsMachineKeys)
      ? [coreErrors.forbidden]
      : []),
    ...(typeof access === 'object' || route.requireMfa ? [coreErrors.mfaRequired] : []),
    ...(route.requireRecentSignIn ? [coreErrors.recentSignInRequired] : []),
    coreErrors.requestTimeout,
    coreErrors.tooLarge,
    coreErrors.unsupportedMediaType,
    ...(isConditional ? [coreErrors.preconditionFailed] : []),
    ...(idempotency === undefined ? [] : [coreErrors.idempotencyInFlight, coreErrors.idempotencyKeyReused]),
    ...errors,
    coreErrors.tooMany,
    coreErrors.internal,
    coreErrors.unavailable,
    coreErrors.deadlineExceeded,
  ];
}

function errorRepliesOf(route: RouteDefinition, surroundings: OperationContext): Json {
  const byStatus = new Map<number, Map<string, string>>();
  for (const { kind, code, message } of errorsOf(route, surroundings)) {
    const status = statusOf(kind);
    byStatus.set(status, (byStatus.get(status) ?? new Map<string, string>()).set(code, message));
  }
  const entries = [...byStatus].map(([status, texts]) => [
    String(status),
    surroundings.components.ofErrors(texts),
  ]);
  return Object.fromEntries(entries) as Json;
}

interface ObjectJsonSchema {
  readonly properties?: Record<string, Json>;
  readonly required?: readonly string[];
}

function parametersIn(place: 'path' | 'query', schema: Schema | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema) as ObjectJsonSchema;
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    ...(name === 'cursor' && { allowEmptyValue: true }),
    schema: property,
  }));
}

function headersOf(route: RouteDefinition, isConditional: boolean): Json[] {
  const { method, idempotency } = route;
  const header = (
    name: string,
    required: boolean,
    description: string,
    schema: Json = { type: 'string' },
  ): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema,
  });
  return [
    ...(idempotency === undefined
      ? []
      : [
          header('Idempotency-Key', idempotency === 'required', 'A new random key for each intention.', {
            type: 'string',
            pattern: '^"?[A-Za-z0-9_-]{16,255}"?$',
          }),
        ]),
    ...(isConditional
      ? [header('If-Match', false, 'The ETag that the change is based on; 412 when it is no longer current.')]
      : []),
    ...(method === 'get' && isVersioned(route)
      ? [header('If-None-Match', false, 'The ETag already known; 304 when it is current.')]
      : []),
  ];
}

function securityOf({ access }: RouteDefinition): Json[] {
  if (access === 'public') return [];
  return access === 'optional' ? [{}, { bearer: [] }] : [{ bearer: [] }];
}

const uploadOf = ({ type, maxBytes, maxSeconds = uploadMaxSeconds }: Upload): Json => ({
  required: true,
  description: `At most ${maxBytes.toLocaleString('en')} bytes, sent within ${maxSeconds.toLocaleString('en')} seconds. Sending may pause, but never for ${uploadStallSeconds} seconds: that is 408.`,
  content: { [type]: { schema: { type: 'string' } } },
});

const operationId = ({ route, path }: BoundRoute): string =>
  `${route.method}_${path
    .slice(apiRoot.length + 1)
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '')}`;

function operationOf(bound: BoundRoute, surroundings: OperationContext): Json {
  const { module, route } = bound;
  const { components, isConditional } = surroundings;
  const { access, summary, description, deprecated, params, query, body, upload } = route;
  const needs = typeof access === 'object' ? `Needs the permission \`${access.permission}\`.` : undefined;
  const takes = bound.route.acceptsMachineKeys ? 'Takes the key of a machine, too.' : undefined;
  const text = [description, needs, takes].filter((part) => part !== undefined).join('\n\n');
  const parameters = [
    ...parametersIn('path', params),
    ...parametersIn('query', query),
    ...headersOf(route, isConditional),
  ];
  return {
    tags: [module],
    operationId: operationId(bound),
    summary,
    ...(text !== '' && { description: text }),
    ...(deprecated !== undefined && { deprecated: true }),
    security: securityOf(route),
    ...(typeof access === 'object' && { 'x-permission': access.permission }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: components.of(body) } } },
    }),
    ...(upload !== undefined && { requestBody: uploadOf(upload) }),
    responses: {
      ...repliesOf(route, components),
      ...(route.method === 'get' && isVersioned(route) && { 304: { description: 'Not modified' } }),
      ...errorRepliesOf(route, surroundings),
    },
  };
}

const bearerText = [
  'An access token of a session (a JWT), or the key of a machine.',
  'A key does what its scopes and the roles of its user both give; routes that need a permission take it, and those that say so.',
  'Used from an address that it is not bound to, it is refused with 403; beyond its quotas, with 429.',
].join(' ');

/** Writes the route tables as an OpenAPI 3.1 document. */
export function buildOpenApi(routes: readonly BoundRoute[], api: ApiDescription): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  const versioned = new Set(
    routes.filter(({ route }) => route.method === 'get' && isVersioned(route)).map(({ path }) => path),
  );
  for (const bound of routes) {
    // A change to what has a version may name the one that it is based on.
    const isChange = bound.route.method === 'patch' || bound.route.method === 'delete';
    const isConditional = isChange && versioned.has(bound.path);
    const path = bound.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [bound.route.method]: operationOf(bound, { components, refusals: api.refusals, isConditional }),
    };
  }
  const permissions = Object.entries(api.permissions).map(([name, text]) => `- \`${name}\`: ${text}`);
  return {
    openapi: '3.1.0',
    info: {
      title: api.title,
      version: api.version,
      description: [api.description, '', 'Permissions:', '', ...permissions].join('\n'),
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ module }) => module))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: authScheme.toLowerCase(), description: bearerText },
      },
      schemas: components.schemas,
      responses: components.responses,
    },
  };
}
