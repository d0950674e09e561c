import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import Joi from 'joi';
import supertest from 'supertest';
import { auditModule } from '../../src/api/audit/index.ts';
import { authModule } from '../../src/api/auth/index.ts';
import { mailModule } from '../../src/api/mail/index.ts';
import { usersModule } from '../../src/api/users/index.ts';
import { createApp } from '../../src/app.ts';
import { coreErrors, defineErrors } from '../../src/core/errors.ts';
import { defineModule, type ModuleDefinition } from '../../src/module.ts';
import { accepted, created, noContent, ok, raw, type Reply } from '../../src/http/reply.ts';
import { route, type Caller, type RouteDefinition } from '../../src/http/route.ts';
import { integer, object, optional, text } from '../../src/core/schema.ts';
import { createDependencies } from '../../src/process/dependencies.ts';
import { buildTestApp, type TestApp } from '../helpers/app.ts';
import { testConfig } from '../helpers/config.ts';
import { textsOf } from '../helpers/texts.ts';

const errors = defineErrors({ closed: textsOf('It is closed.') }, { closed: ['conflict', 'THINGS_CLOSED'] });
const thing = object({ n: integer(0, 9), note: optional(text(0, 9)) });

const deferred = () => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    promise,
    resolve: () => {
      resolve();
    },
  };
};

/** Returns a module with these routes at /api/v1/things. */
const moduleOf = (...routes: RouteDefinition[]): ModuleDefinition =>
  defineModule({
    name: 'things',
    path: '/things',
    permissions: { 'things:keep': 'Keep things' },
    grants: { admin: ['things:keep'] },
    create: () => ({ api: {}, routes }),
  });

describe('types of a route (checked by tsc)', () => {
  const facts = { method: 'get', path: '/', summary: 'Read' } as const;

  it('require an access', () => {
    // @ts-expect-error access has no default
    route({ ...facts, replies: { 200: thing }, handle: () => ok({ n: 1 }) });
    // @ts-expect-error unknown access
    route({ ...facts, access: 'anyone', replies: { 200: thing }, handle: () => ok({ n: 1 }) });
    expect(
      route({ ...facts, access: 'public', replies: { 200: thing }, handle: () => ok({ n: 1 }) }).access,
    ).toBe('public');
  });

  it('require the declared replies', () => {
    const define = (): unknown[] => [
      route({ ...facts, access: 'public', replies: { 200: thing, 204: null }, handle: () => noContent() }),
      // @ts-expect-error the data has another type
      route({ ...facts, access: 'public', replies: { 200: thing }, handle: () => ok({ n: 'one' }) }),
      // @ts-expect-error the status is not declared
      route({ ...facts, access: 'public', replies: { 200: thing }, handle: () => created({ n: 1 }) }),
      // @ts-expect-error a property is missing
      route({ ...facts, access: 'public', replies: { 200: thing }, handle: () => ok({ note: 'x' }) }),
      // @ts-expect-error a body that the table excludes
      route({ ...facts, access: 'public', replies: { 200: null }, handle: () => ok({ n: 1 }) }),
      // @ts-expect-error the same for an inline schema
      route({ ...facts, access: 'public', replies: { 200: Joi.string() }, handle: () => ok(5) }),
    ];
    expect(define()).toHaveLength(6);
  });

  it('infer the input of the handler from its schemas and access', () => {
    const define = (): unknown[] => [
      route({
        ...facts,
        access: 'public',
        query: thing,
        replies: { 200: thing },
        handle: ({ query, caller }) => {
          caller satisfies null;
          query satisfies { n: number; note?: string };
          // @ts-expect-error unknown key
          expect(query.other).toBeUndefined();
          return ok(query);
        },
      }),
      route({
        ...facts,
        access: 'optional',
        replies: { 204: null },
        handle: ({ caller }) => {
          // @ts-expect-error the caller may be null
          expect(caller.userId).toBeDefined();
          return noContent();
        },
      }),
      route({
        ...facts,
        access: { permission: 'things:keep' },
        replies: { 204: null },
        handle: ({ caller, body }) => {
          caller satisfies Caller;
          // @ts-expect-error a body without a schema is unknown
          expect(body.n).toBeDefined();
          return noContent();
        },
      }),
    ];
    expect(define()).toHaveLength(3);
  });

  it('infer the context of a scope', () => {
    const scoped = route.with({ access: 'authenticated', context: () => ({ customerId: 7 }) });
    const plain = route.with({ access: 'public' });
    const define = (): unknown[] => [
      scoped({
        ...facts,
        replies: { 200: thing },
        handle: ({ context, caller }) => {
          caller satisfies Caller;
          // @ts-expect-error unknown key of the context
          expect(context.orderId).toBeDefined();
          return ok({ n: context.customerId });
        },
      }),
      // @ts-expect-error the scope sets the access
      scoped({ ...facts, access: 'public', replies: { 204: null }, handle: () => noContent() }),
      plain({
        ...facts,
        replies: { 204: null },
        // @ts-expect-error this scope has no context
        handle: ({ context }) => noContent({ headers: { x: context.customerId } }),
      }),
    ];
    expect(define()).toHaveLength(3);
  });
});

describe('order of the steps of a route', () => {
  let test: TestApp;
  const steps: string[] = [];
  const scoped = route.with({
    access: { permission: 'things:keep' },
    guards: [
      ({ caller }) => {
        steps.push(`scope guard of ${caller.roles.join()}`);
      },
    ],
    context: async () => {
      steps.push('context');
      return Promise.resolve({ shelf: 3 });
    },
  });

  const routes = [
    scoped({
      method: 'post',
      path: '/',
      summary: 'Keep',
      body: thing,
      replies: { 201: thing },
      errors: [errors.closed],
      use: [
        (_req, _res, next) => {
          steps.push('use');
          next();
        },
      ],
      guards: [
        ({ body }) => {
          steps.push('own guard');
          if (body.n === 9) throw errors.closed({ n: 9 });
        },
      ],
      handle: ({ body, context }) => {
        steps.push('handler');
        return created({ n: body.n + context.shelf });
      },
    }),
  ];

  beforeAll(async () => {
    test = await buildTestApp({
      modules: [auditModule, mailModule, usersModule, authModule, moduleOf(...routes)],
    });
  });
  afterAll(() => test.close());

  const post = async (roles: readonly ('admin' | 'user')[] | undefined, body: object) => {
    const requests = roles === undefined ? test.http : test.as(await test.buildUser({ roles }));
    steps.length = 0;
    return requests.post('/things').send(body);
  };

  it('is use, access, body, guards, context, handler', async () => {
    const response = await post(['admin'], { n: 1 });
    expect(response.body).toEqual({ status: 'success', data: { n: 4 } });
    expect(steps).toEqual(['use', 'scope guard of admin', 'own guard', 'context', 'handler']);
  });

  it('stops at the access check for a caller without the permission', async () => {
    expect((await post(undefined, { n: 'x' })).status).toBe(401);
    expect(steps).toEqual(['use']);
    expect((await post(['user'], { n: 'x' })).status).toBe(403);
    expect(steps).toEqual(['use']);
  });

  it('stops at validation for invalid input', async () => {
    expect((await post(['admin'], { n: 'x' })).status).toBe(400);
    expect(steps).toEqual(['use']);
  });

  it('stops at a guard that throws', async () => {
    const response = await post(['admin'], { n: 9 });
    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({ code: 'THINGS_CLOSED', details: [{ n: 9 }] });
    expect(steps).toEqual(['use', 'scope guard of admin', 'own guard']);
  });
});

describe('path of a route', () => {
  const at = (path: string, n: number) =>
    route({
      method: 'get',
      path,
      summary: 'Read',
      access: 'public',
      params: object(path.includes(':name') ? { name: Joi.string() } : {}),
      replies: { 200: thing },
      handle: () => ok({ n }),
    });
  const placed = (name: string, path: string, ...routes: RouteDefinition[]) =>
    defineModule({ name, path, create: () => ({ api: {}, routes }) });

  it('may be shared by modules; the first one listed takes precedence', async () => {
    const below = placed('below', '/shelf/top', at('/', 1), at('/things', 2));
    const above = placed('above', '/shelf', at('/:name', 3), at('/:name/things', 4));
    const shared = await buildTestApp({ modules: [below, above] });
    const numberAt = async (path: string) => {
      const { body } = await shared.http.get(path).expect(200);
      return body.data.n as number;
    };
    expect(await numberAt('/shelf/top')).toBe(1);
    expect(await numberAt('/shelf/top/things')).toBe(2);
    expect(await numberAt('/shelf/low')).toBe(3);
    expect(await numberAt('/shelf/low/things')).toBe(4);
    await shared.http.get('/shelf').expect(404);
    await shared.http.get('/SHELF/top').expect(404);
    await shared.http.get('/shelf/top/').expect(404);
    await shared.http.post('/shelf/low').expect(405);
    await shared.close();
  });

  it('must not begin with a parameter', async () => {
    const nameless = placed('nameless', '/:tenant', at('/things', 1));
    await expect(buildTestApp({ modules: [nameless] })).rejects.toThrow('begins with a parameter');
  });
});

describe('reply of a route', () => {
  let test: TestApp;
  // A wrong type assertion in a controller could produce such a view: it has a key that the reply does not declare.
  const wrong = { n: 1, passwordHash: 'x' } as { n: number };
  const { promise: abandoned, resolve: abandon } = deferred();

  const open = route.with({ access: 'public' });
  const read = (path: string, handle: () => Reply<200, { n: number }> | Promise<Reply<200, { n: number }>>) =>
    open({ method: 'get', path, summary: 'Read', replies: { 200: thing }, handle });
  const routes = [
    read('/right', () => ok({ n: 1 }, { headers: { 'X-Shelf': '3' }, meta: { of: 2 } })),
    read('/wrong', () => ok(wrong)),
    read('/undeclared', () => accepted({ n: 1 }) as unknown as Reply<200, { n: number }>),
    read('/bug', () => {
      throw new TypeError('the secret of the bug');
    }),
    read('/unavailable', () => {
      throw coreErrors.unavailable([], { headers: { 'Retry-After': '7' } });
    }),
    open({
      method: 'get',
      path: '/raw',
      summary: 'Stream',
      replies: { 200: null },
      handle: () =>
        raw(async (_req, res) => {
          res.type('text/csv');
          await pipeline(Readable.from(['a,b\n', '1,2\n']), res);
        }),
    }),
    open({
      method: 'get',
      path: '/raw-broken',
      summary: 'Stream that breaks',
      replies: { 200: null },
      handle: () =>
        raw((_req, res) => {
          res.type('text/csv').write('a,b\n');
          throw new Error('the stream broke');
        }),
    }),
    open({
      method: 'get',
      path: '/old',
      summary: 'Old',
      deprecated: { since: new Date('2026-01-02T03:04:05.678Z'), sunset: new Date('2027-01-02T03:04:05Z') },
      query: object({ n: optional(integer(0, 9)) }),
      replies: { 204: null },
      handle: () => noContent(),
    }),
    open({
      method: 'get',
      path: '/slow',
      summary: 'Slow',
      deadlineMs: 40,
      replies: { 204: null },
      handle: async ({ request }) => {
        // Wait for the deadline, which sends the response before the handler does.
        while (!request.isExpired) await sleep(5);
        abandon();
        return noContent();
      },
    }),
    open({
      method: 'put',
      path: '/right',
      summary: 'Put',
      replies: { 204: null },
      handle: () => noContent(),
    }),
  ];

  beforeAll(async () => {
    test = await buildTestApp({ modules: [moduleOf(...routes)] });
  });
  afterAll(() => test.close());

  const get = (path: string) => test.http.get(`/things${path}`);

  it('contains data, headers and meta', async () => {
    const response = await get('/right').expect(200);
    expect(response.body).toEqual({ status: 'success', data: { n: 1 }, meta: { of: 2 } });
    expect(response.get('X-Shelf')).toBe('3');
    expect(response.get('ETag')).toBeUndefined();
  });

  it('is 405 with Allow for an unsupported method', async () => {
    const response = await test.http.delete('/things/right').expect(405);
    expect(response.body.code).toBe('METHOD_NOT_ALLOWED');
    expect(response.get('Allow')).toBe('GET, HEAD, PUT, OPTIONS');
  });

  it('is 500 in tests if it does not match the declared replies', async () => {
    for (const path of ['/wrong', '/undeclared']) {
      const response = await get(path).expect(500);
      expect(response.body).toMatchObject({ status: 'error', code: 'INTERNAL' });
      expect(response.text).not.toContain('passwordHash');
    }
    const texts = test.logger.lines.map(({ fields }) => String(fields['error']));
    expect(texts).toContainEqual(
      expect.stringContaining('GET /wrong replied with data that its schema refuses'),
    );
    expect(texts).toContainEqual(
      expect.stringContaining('GET /undeclared replied 202: add the status to its replies'),
    );
  });

  it('is a 500 without details for a bug, which is logged in full', async () => {
    const response = await get('/bug').expect(500);
    expect(response.text).not.toContain('secret of the bug');
    const lines = test.logger.lines.filter(({ fields }) =>
      String(fields['error']).includes('secret of the bug'),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.level).toBe('error');
  });

  it('contains the headers of an error', async () => {
    const response = await get('/unavailable').expect(503);
    expect(response.body.code).toBe('UNAVAILABLE');
    expect(response.get('Retry-After')).toBe('7');
  });

  it('streams if the handler replies raw', async () => {
    const response = await get('/raw').expect(200);
    expect(response.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(response.text).toBe('a,b\n1,2\n');
  });

  it('closes the connection if a stream fails, so that a partial body is not mistaken for a complete one', async () => {
    await expect(get('/raw-broken')).rejects.toThrow();
  });

  it('contains Deprecation and Sunset, also on errors', async () => {
    for (const response of [await get('/old').expect(204), await get('/old?n=x').expect(400)]) {
      expect(response.get('Deprecation')).toBe('@1767323045');
      expect(response.get('Sunset')).toBe('Sat, 02 Jan 2027 03:04:05 GMT');
    }
  });

  it('is 503 after the deadline', async () => {
    const response = await get('/slow').expect(503);
    expect(response.body.code).toBe('DEADLINE_EXCEEDED');
    expect(response.get('Retry-After')).toBe('1');
    await abandoned;
  });

  it('is not validated in production', async () => {
    const definition = moduleOf(read('/wrong', () => ok(wrong)));
    const config = testConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, [definition]);
    const production = { ...config, NODE_ENV: 'production', isProduction: true } as const;
    const parts = createDependencies({ ...config, LOG_LEVEL: 'error' }, [definition]);
    const app = createApp({ ...parts, config: production }, [definition]);
    await supertest(app.express).get('/api/v1/things/wrong').expect(200);
  });
});
