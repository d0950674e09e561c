import { coreErrors, type ErrorFactory } from '../core/errors.ts';
import { apiRoot, authScheme, statusOf, successSchema } from './envelope.ts';
import { Components, jsonSchemaOf, metaOf, ref, type Json } from './openapi-components.ts';
import type { BoundRoute } from './route.ts';
import { uploadMaxSeconds, uploadStallSeconds, type RouteDefinition, type Upload } from './route.ts';
import { describeKeys, keyTypes, type Schema } from '../core/schema.ts';

/** The parts of the document that do not come from the route tables. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Maps a permission to its description. */
  readonly permissions: Readonly<Record<string, string>>;
  /** The errors of authenticators. They are possible on every route that requires a caller. */
  readonly refusals: readonly ErrorFactory[];
}

/** The facts that the description of an operation depends on. */
interface OperationContext {
  readonly components: Components;
  readonly refusals: readonly ErrorFactory[];
  /** True if the operation accepts `If-Match`. */
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
  302: 'Redirect',
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
      ...(status === '201' && {
        Location: stringHeader('The address of the created resource, if it has one.'),
      }),
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

/** Returns all errors of a route: those that its declaration implies, and those that it lists itself. */
function errorsOf(route: RouteDefinition, { refusals, isConditional }: OperationContext): ErrorFactory[] {
  const { access, upload, errors = [], idempotency } = route;
  return [
    coreErrors.validation,
    coreErrors.malformedUrl,
    // Add this error to every route, because every route checks the body. A route without a body schema accepts no body
    // or `{}`.
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

function errorRepliesOf(route: RouteDefinition, operationContext: OperationContext): Json {
  const byStatus = new Map<number, Map<string, string>>();
  for (const { kind, code, message } of errorsOf(route, operationContext)) {
    const status = statusOf(kind);
    byStatus.set(status, (byStatus.get(status) ?? new Map<string, string>()).set(code, message));
  }
  const entries = [...byStatus].map(([status, texts]) => [
    String(status),
    operationContext.components.ofErrors(texts),
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
          header(
            'Idempotency-Key',
            idempotency === 'required',
            'Use a new random key for each operation, and the same key to retry it.',
            {
              type: 'string',
              pattern: '^"?[A-Za-z0-9_-]{16,255}"?$',
            },
          ),
        ]),
    ...(isConditional
      ? [
          header(
            'If-Match',
            false,
            'The ETag that the change is based on. If it is no longer current, the response is 412.',
          ),
        ]
      : []),
    ...(method === 'get' && isVersioned(route)
      ? [
          header(
            'If-None-Match',
            false,
            'The ETag that the caller has. If it is still current, the response is 304.',
          ),
        ]
      : []),
  ];
}

function securityOf({ access }: RouteDefinition): Json[] {
  if (access === 'public') return [];
  return access === 'optional' ? [{}, { bearer: [] }] : [{ bearer: [] }];
}

const uploadOf = ({ type, maxBytes, maxSeconds = uploadMaxSeconds }: Upload): Json => ({
  required: true,
  description: `At most ${maxBytes.toLocaleString('en')} bytes, sent within ${maxSeconds.toLocaleString('en')} seconds. 408 if no bytes arrive for ${uploadStallSeconds} seconds.`,
  content: { [type]: { schema: { type: 'string' } } },
});

const operationId = ({ route, path }: BoundRoute): string =>
  `${route.method}_${path
    .slice(apiRoot.length + 1)
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '')}`;

function operationOf(bound: BoundRoute, operationContext: OperationContext): Json {
  const { module, route } = bound;
  const { components, isConditional } = operationContext;
  const { access, summary, description, deprecated, params, query, body, upload } = route;
  const permissionText =
    typeof access === 'object' ? `Requires the permission \`${access.permission}\`.` : undefined;
  const keyText = bound.route.acceptsMachineKeys ? 'Accepts API keys.' : undefined;
  const text = [description, permissionText, keyText].filter((part) => part !== undefined).join('\n\n');
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
      ...errorRepliesOf(route, operationContext),
    },
  };
}

const bearerText = [
  'An access token of a session (a JWT), or an API key.',
  'An API key has the permissions that are both in its scopes and in the roles of its user. Routes that require a permission accept API keys, and so do routes whose description says so.',
  'An API key is refused with 403 if the address of the client is not one of its allowed addresses, and with 429 if its quota is used up.',
].join(' ');

/** Builds the OpenAPI 3.1 document from the route tables. */
export function buildOpenApi(routes: readonly BoundRoute[], api: ApiDescription): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  const versioned = new Set(
    routes.filter(({ route }) => route.method === 'get' && isVersioned(route)).map(({ path }) => path),
  );
  for (const bound of routes) {
    // A PATCH or DELETE of a versioned resource accepts `If-Match`.
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
