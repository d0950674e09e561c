import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type supertest from 'supertest';
import { problemType } from '../../src/core/problem.ts';
import { buildTestApp, type TestApp, type TestUser } from '../helpers/app.ts';
import { buildOrder, buildProduct, idempotencyKey } from '../helpers/factories.ts';
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

type Answer = Pick<supertest.Response, 'status' | 'headers' | 'body'>;

const toTemplate = (path: string): string => path.replace(/:(\w+)/g, '{$1}');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
);

/** The routes of the REST contract that this version has. */
const contract = [
  ...['register', 'login', 'refresh', 'logout', 'logout-all'].map((path) => `post /api/v1/auth/${path}`),
  'get /api/v1/auth/sessions',
  'delete /api/v1/auth/sessions/{id}',
  ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/users/me`),
  'get /api/v1/users/me/export',
  ...['get', 'post'].map((method) => `${method} /api/v1/users`),
  ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/users/{id}`),
  ...['get', 'post'].map((method) => `${method} /api/v1/products`),
  ...['get', 'patch', 'delete'].map((method) => `${method} /api/v1/products/{id}`),
  ...['get', 'post'].map((method) => `${method} /api/v1/orders`),
  'get /api/v1/orders/{id}',
  ...['cancel', 'ship', 'deliver'].map((path) => `post /api/v1/orders/{id}/${path}`),
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

  it('calls each operation something else, and says what it is for', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('calls no two schemas the same', () => {
    const byName = new Map<string, unknown>();
    for (const { schema } of routes.flatMap(schemasOf)) {
      const described = schema.describe();
      const { name } = Object.assign({}, ...((described['metas'] ?? []) as object[])) as { name?: string };
      if (name === undefined) continue;
      expect([name, byName.get(name) ?? described]).toEqual([name, described]);
      byName.set(name, described);
    }
    expect(byName.size).toBeGreaterThan(8);
  });

  it.each(routes.map((bound) => [nameOf(bound), bound] as const))(
    'tells all of %s',
    (_name, { path, route }) => {
      const operation = document.paths[toTemplate(path)]?.[route.method];
      if (operation === undefined) throw new Error('not in the document');
      const parameters = (place: string) =>
        (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name);
      expect(parameters('path')).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
      const takes = route.body === undefined ? route.upload?.type : 'application/json';
      expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(takes === undefined ? [] : [takes]);
      expect(parameters('header').includes('Idempotency-Key')).toBe(route.idempotency !== undefined);
      for (const status of Object.keys(route.replies)) expect(operation.responses).toHaveProperty(status);
      const told = JSON.stringify(operation.responses);
      for (const { code } of route.errors ?? []) expect(told).toContain(code);
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
  it('stands at the changes of what has a version, and at no other route', () => {
    const conditional = operations.filter(({ operation }) =>
      operation.parameters?.some(({ name }) => name === 'If-Match'),
    );
    const names = conditional.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(
        ['products/{id}', 'users/me', 'users/{id}'].flatMap((path) => [
          `delete /api/v1/${path}`,
          `patch /api/v1/${path}`,
        ]),
      ),
    );
    expect(names).not.toContain('delete /api/v1/auth/sessions/{id}');
    expect(names.filter((name) => !/^(?:delete|patch) /.test(name))).toEqual([]);
    for (const { operation } of conditional) expect(operation.responses).toHaveProperty('412');
  });
});

describe('answers and the OpenAPI document', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'openapi.json');

  let test: TestApp;
  let admin: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  const pointer = (...parts: string[]): string =>
    parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

  /** What the document says against this answer to `get /products/{id}` or the like. */
  function faultsOf(name: string, { status, headers, body }: Answer): unknown[] {
    const [method = '', below = ''] = name.split(' ');
    const path = `/api/v1${below}`;
    const response = document.paths[path]?.[method]?.responses[String(status)];
    if (response === undefined) return [`${name} answers ${status}, which the document does not know`];
    if (status === 204) return response.content === undefined ? [] : ['204 with content'];
    const type = String(headers['content-type']).split(';')[0] ?? '';
    const ref = pointer('paths', path, method, 'responses', String(status), 'content', type, 'schema');
    const validate = ajv.compile({ $ref: `openapi.json#/${ref}` });
    return validate(body) ? [] : (validate.errors ?? []);
  }

  const expectFit = (name: string, response: supertest.Response, status: number): void => {
    expect([name, response.status, faultsOf(name, response)]).toEqual([name, status, []]);
  };

  it('agree in auth', async () => {
    const account = { email: 'new@example.com', password: 'correct horse battery' };
    const registered = await test.http.post('/auth/register').send({ ...account, name: 'New' });
    expectFit('post /auth/register', registered, 201);
    expectFit(
      'post /auth/register',
      await test.http.post('/auth/register').send({ ...account, name: 'N' }),
      409,
    );
    expectFit('post /auth/login', await test.http.post('/auth/login').send(account), 200);
    expectFit(
      'post /auth/login',
      await test.http.post('/auth/login').send({ ...account, password: 'x' }),
      401,
    );
    expectFit('post /auth/login', await test.http.post('/auth/login').send({}), 400);
    const refresh = () => test.http.post('/auth/refresh').set('Cookie', user.cookie);
    expectFit('post /auth/refresh', await refresh().set('X-Requested-With', 'test'), 200);
    expectFit('post /auth/refresh', await refresh(), 403);
    expectFit('post /auth/refresh', await test.http.post('/auth/refresh'), 401);
    expectFit('get /auth/sessions', await test.as(user).get('/auth/sessions'), 200);
    expectFit('post /auth/logout', await test.http.post('/auth/logout'), 204);
  });

  it('agree in users', async () => {
    expectFit('get /users/me', await test.as(user).get('/users/me'), 200);
    expectFit('get /users/me', await test.http.get('/users/me'), 401);
    expectFit('patch /users/me', await test.as(user).patch('/users/me').send({ name: 'Other' }), 200);
    const stale = await test.as(user).patch('/users/me').set('If-Match', '"v99"').send({ name: 'Third' });
    expectFit('patch /users/me', stale, 412);
    const staleErasure = test.as(user).delete('/users/me').set('If-Match', '"v99"');
    expectFit('delete /users/me', await staleErasure.send({ password: user.password }), 412);
    expectFit('get /users/me/export', await test.as(user).get('/users/me/export'), 200);
    expectFit('get /users', await test.as(admin).get('/users'), 200);
    expectFit('get /users', await test.as(admin).get('/users?cursor=&limit=1'), 200);
    expectFit('get /users', await test.as(user).get('/users'), 403);
    expectFit('get /users/{id}', await test.as(admin).get(`/users/${user.id}`), 200);
    expectFit('delete /users/{id}', await test.as(admin).delete(`/users/${admin.id}`), 409);
  });

  it('agree in products', async () => {
    const product = await buildProduct(test, admin);
    expectFit('get /products', await test.http.get('/products'), 200);
    expectFit('get /products', await test.http.get('/products?sort=wrong&limit=0'), 400);
    expectFit('get /products/{id}', await test.http.get(`/products/${product.id}`), 200);
    const unchanged = await test.http.get(`/products/${product.id}`).set('If-None-Match', '"v1"').expect(304);
    expect(unchanged.text).toBe('');
    expect(document.paths['/api/v1/products/{id}']?.['get']?.responses).toHaveProperty('304');
    const missing = () => test.http.get('/products/0195f2d0-0000-7000-8000-000000000000');
    expectFit('get /products/{id}', await missing(), 404);
    const problem = await missing().set('Accept', problemType);
    expect(problem.get('Content-Type')).toBe(problemType);
    expectFit('get /products/{id}', problem, 404);
    const change = test.as(admin).patch(`/products/${product.id}`);
    expectFit('patch /products/{id}', await change.send({ stock: 7 }), 200);
    const wrongType = test.as(admin).post('/products').set('Content-Type', 'text/plain');
    expectFit('post /products', await wrongType.send('x'), 415);
    expectFit('delete /products/{id}', await test.as(admin).delete(`/products/${product.id}`), 204);
  });

  it('agree in orders', async () => {
    const product = await buildProduct(test, admin, { stock: 3 });
    const items = [{ productId: product.id, quantity: 1 }];
    const address = { name: 'A', line1: 'B', city: 'C', postalCode: 'D', country: 'DE' };
    const place = (body: object) =>
      test.as(user).post('/orders').set('Idempotency-Key', idempotencyKey()).send(body);
    expectFit('post /orders', await place({ items, shippingAddress: address }), 201);
    expectFit('post /orders', await place({ items: [{ ...items[0], quantity: 9 }] }), 409);
    expectFit('post /orders', await test.as(user).post('/orders').send({ items }), 400);
    const order = await buildOrder(test, user, items);
    expectFit('get /orders', await test.as(user).get('/orders'), 200);
    expectFit('get /orders/{id}', await test.as(user).get(`/orders/${order.id}`), 200);
    expectFit('get /orders/{id}', await test.as(await test.buildUser()).get(`/orders/${order.id}`), 404);
    expectFit('post /orders/{id}/ship', await test.as(admin).post(`/orders/${order.id}/ship`), 409);
    expectFit('post /orders/{id}/cancel', await test.as(user).post(`/orders/${order.id}/cancel`), 200);
  });

  it('would be found to disagree', async () => {
    const { status, headers, body } = await test.http.get('/products');
    expect(faultsOf('get /products', { status, headers, body })).toEqual([]);
    expect(faultsOf('get /products', { status, headers, body: { status: 'success' } })).not.toEqual([]);
    expect(faultsOf('get /products', { status: 299, headers, body })).not.toEqual([]);
  });

  it('are the same document at /openapi.json', async () => {
    const response = await test.http.get('//openapi.json').expect(200);
    expect(response.body).toEqual(document);
  });
});
