import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Router, type RequestHandler } from 'express';
import { readFileSync } from 'node:fs';
import { apiContract } from '../helpers/contract.ts';
import { toTemplate } from '../helpers/contract-check.ts';
import { probeModule } from '../helpers/probe.ts';
import { withTestApp } from '../helpers/with-app.ts';
import { describeApp, nameOf, schemasOf } from './routes.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const app = describeApp();
const { routes } = app.modules;
const document = app.describe() as OpenApi;

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
);

/** Routes that every version of the API must have. */
const contract = [
  ...['register', 'login', 'refresh', 'logout', 'logout-all'].map((path) => `post /api/v1/auth/${path}`),
  'get /api/v1/auth/sessions',
  'delete /api/v1/auth/sessions/{id}',
  ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/users/me`),
  'get /api/v1/users/me/export',
  ...['get', 'post'].map((method) => `${method} /api/v1/users`),
  ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/users/{id}`),
  // #region products
  ...['get', 'post'].map((method) => `${method} /api/v1/products`),
  ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/products/{id}`),
  // #endregion
  // #region orders
  ...['get', 'post'].map((method) => `${method} /api/v1/orders`),
  'get /api/v1/orders/{id}',
  ...['cancel', 'ship', 'deliver'].map((path) => `post /api/v1/orders/{id}/${path}`),
  // #endregion
];

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...structuredClone(document) });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has every route of the tables, and nothing else', () => {
    const inTables = routes.map(({ path, route }) => `${route.method} ${toTemplate(path)}`);
    expect(operations.map(({ name }) => name).sort()).toEqual([...inTables].sort());
  });

  it('has every route of the contract', () => {
    expect(operations.map(({ name }) => name)).toEqual(expect.arrayContaining(contract));
  });

  it('has a unique operationId and a summary for each operation', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('has a unique name for each schema', () => {
    const byName = new Map<string, unknown>();
    for (const { schema } of routes.flatMap(schemasOf)) {
      const described = schema.describe();
      const { name } = Object.assign({}, ...((described['metas'] ?? []) as object[])) as { name?: string };
      if (name === undefined) continue;
      expect([name, byName.get(name) ?? described]).toEqual([name, described]);
      byName.set(name, described);
    }
    expect(byName.size).toBeGreaterThan(5);
  });

  it.each(routes.map((bound) => [nameOf(bound), bound] as const))(
    'describes %s completely',
    (_name, { path, route }) => {
      const operation = document.paths[toTemplate(path)]?.[route.method];
      if (operation === undefined) throw new Error('The document does not have the operation.');
      const parameters = (place: string) =>
        (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name);
      expect(parameters('path')).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
      const bodyType = route.body === undefined ? route.upload?.type : 'application/json';
      const bodyTypes = bodyType === undefined ? [] : [bodyType];
      expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(bodyTypes);
      expect(parameters('header').includes('Idempotency-Key')).toBe(route.idempotency !== undefined);
      for (const status of Object.keys(route.replies)) expect(operation.responses).toHaveProperty(status);
      // Search all responses for the codes of an error: a response refers to a component that is named after its codes.
      const responses = JSON.stringify(operation.responses);
      for (const { code } of route.errors ?? []) expect(responses).toContain(code);
      const isOpen = route.access === 'public' || route.access === 'optional';
      const isSignIn = (route.errors ?? []).some(({ kind }) => kind === 'unauthenticated');
      expect('401' in operation.responses).toBe(!isOpen || isSignIn);
      expect(operation.security).toEqual(
        route.access === 'public' ? [] : [...(route.access === 'optional' ? [{}] : []), { bearer: [] }],
      );
    },
  );
});

describe('If-Match in the document', () => {
  it('is a parameter of PATCH and DELETE of versioned resources only', () => {
    const conditional = operations.filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === 'If-Match'),
    );
    const names = conditional.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(
        ['users/me', 'users/{id}'].flatMap((path) => [`delete /api/v1/${path}`, `patch /api/v1/${path}`]),
      ),
    );
    expect(names).not.toContain('delete /api/v1/auth/sessions/{id}');
    expect(names.filter((name) => !/^(?:delete|patch) /.test(name))).toEqual([]);
    for (const { operation } of conditional) expect(operation.responses).toHaveProperty('412');
  });
});

describe('openapi.json', () => {
  it('does not depend on settings', () => {
    const settings = {
      NODE_ENV: 'production',
      APP_NAME: 'Another',
      PORT: '4000',
      PUBLIC_URL: 'https://api.example.com',
      CORS_ORIGINS: 'https://www.example.com',
      MFA_REQUIRED_ROLES: 'admin',
      BCRYPT_COST: '12',
      RATE_LIMIT_GLOBAL_PER_MINUTE: '300',
      RATE_LIMIT_AUTH_PER_15_MINUTES: '50',
      RATE_LIMIT_WRITES_PER_MINUTE: '120',
    };
    const committed: unknown = JSON.parse(readFileSync('openapi.json', 'utf8'));
    expect(document).toEqual(committed);
    expect(describeApp(settings).describe()).toEqual(committed);
  });

  it('is the reply of GET /openapi.json', async () => {
    await withTestApp({}, async (test) => {
      const response = await test.http.get('//openapi.json').expect(200);
      expect(response.body).toEqual(document);
    });
  });
});

describe('the contract check of responses in tests', () => {
  const contract = apiContract();
  const path = '/api/v1/users';
  const page = {
    status: 'success',
    data: [],
    meta: { pagination: { page: 1, limit: 20, total: 0, totalPages: 0 } },
  };
  const estimated = (isTotalEstimated: boolean) => ({
    ...page,
    meta: { pagination: { ...page.meta.pagination, isTotalEstimated } },
  });
  const response = (status: number, body: unknown, type = 'application/json') => ({
    status,
    type,
    text: body === undefined ? '' : JSON.stringify(body),
  });
  const violationOf = (given: ReturnType<typeof response>, method = 'get') =>
    contract.findViolation(method, path, given);
  const error = { status: 'error', code: 'RATE_LIMITED', message: 'Wait.', requestId: '1' };

  it('accepts a documented response', () => {
    expect(violationOf(response(200, page))).toBeNull();
    expect(violationOf(response(200, estimated(true)))).toBeNull();
    expect(violationOf(response(429, error))).toBeNull();
    expect(contract.findViolation('post', '/api/v1/auth/logout', response(204, undefined, ''))).toBeNull();
  });

  it.each([
    ['an undeclared status', response(299, page), 'returns 299, which the document does not declare'],
    [
      'an undeclared media type',
      response(200, page, 'text/html'),
      'returns 200 as "text/html", which the document',
    ],
    ['a missing body', response(200, undefined), 'returns 200, and the body must be object'],
    ['a missing property', response(200, { ...page, meta: {} }), "must have required property 'pagination'"],
    [
      'a wrong constant',
      response(200, estimated(false)),
      'pagination/isTotalEstimated must be equal to constant',
    ],
    [
      'an item with another schema',
      response(200, { ...page, data: [{}] }),
      'the body/data/0 must have required property',
    ],
    ['an undeclared error code', response(429, { ...error, code: 'OTHER' }), 'code must be equal to one of'],
  ])('rejects %s', (_name, given, violation) => {
    expect(violationOf(given)).toContain(violation);
  });

  it('rejects a body of a reply without content', () => {
    const violation = contract.findViolation('post', '/api/v1/auth/logout', response(204, {}));
    expect(violation).toBe('returns 204 with a body');
  });

  it('expects an error for a path without a route', () => {
    expect(contract.findErrorViolation(response(404, { ...error, code: 'NOT_FOUND' }))).toBeNull();
    expect(contract.findErrorViolation(response(200, page))).toContain(
      'returns 200, but there is no such route',
    );
    expect(contract.findErrorViolation(response(404, {}))).toContain('must have required property');
  });

  it('fails the request and names the operation', async () => {
    await withTestApp({}, async (test) => {
      const wrong: RequestHandler = (_req, res) => void res.json({ status: 'success' });
      test.app.express.router.stack.unshift(...Router().get('/api/v1/users', wrong).stack);
      await expect(test.http.get('/users?limit=1')).rejects.toThrow(
        /^GET \/api\/v1\/users returns 200, and the body must have required property 'data'/,
      );
    });
  });

  it('ignores the routes of modules that only a test has', async () => {
    await withTestApp({ modules: [probeModule] }, async (test) => {
      await test.http.get('/probe/bug').expect(500);
    });
  });
});
