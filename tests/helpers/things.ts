import { randomUUID } from 'node:crypto';
import Joi from 'joi';
import type { Caller } from '../../src/http/route.ts';
import { defineErrors } from '../../src/core/errors.ts';
import { defineModule, type ModuleContext } from '../../src/module.ts';
import { listQuery, pageOf } from '../../src/core/pagination.ts';
import { created, noContent, ok, paged } from '../../src/http/reply.ts';
import { route, type RouteDefinition } from '../../src/http/route.ts';
import {
  arrayOf,
  currencyCode,
  integer,
  object,
  optional,
  partial,
  messages,
  text,
  uuid,
  withDefault,
} from '../../src/core/schema.ts';
import { assertVersion } from '../../src/core/version.ts';
import { translateUnique } from '../../src/db/errors.ts';
import { listPage } from '../../src/db/listing.ts';
import { modules } from '../../src/modules.ts';
import { buildTestApp, type TestApp, type TestUser } from './app.ts';
import { textsOf } from './texts.ts';
import { createThingsSql, Loan, Thing } from './thing.model.ts';

// Two resources for tests of the service, so that these tests do not depend on modules that a product may remove.
// Everyone may read `/things`, and managers may change them. `POST /loans` takes things out of stock, once for each
// Idempotency-Key.

export const thingErrors = defineErrors(
  {
    notFound: textsOf('There is no such thing.'),
    skuTaken: textsOf('Another has it.'),
    noLoan: textsOf('There is no such loan.'),
    noneLeft: textsOf('There are not enough.'),
  },
  {
    notFound: ['not_found', 'THINGS_NOT_FOUND'],
    skuTaken: ['conflict', 'THINGS_SKU_TAKEN'],
    noLoan: ['not_found', 'LOANS_NOT_FOUND'],
    noneLeft: ['conflict', 'LOANS_NONE_LEFT'],
  },
);

const sku = () =>
  Joi.string()
    .max(64)
    .pattern(/^[A-Za-z0-9][A-Za-z0-9-]*$/)
    .messages(messages('string.pattern.base', textsOf('must be letters, digits and -')));
const priceMinor = () => integer(0, 1_000_000);
const stock = () => integer(0, 1_000_000);
const byId = object({ id: uuid() });
const body = object({
  sku: sku(),
  name: text(1, 200),
  priceMinor: priceMinor(),
  currency: currencyCode(),
  stock: withDefault(stock(), 0),
});
const changes = partial(object({ sku: sku(), name: text(1, 200), priceMinor: priceMinor(), stock: stock() }));
const view = object({
  ...{
    id: uuid(),
    sku: sku(),
    name: Joi.string(),
    priceMinor: priceMinor(),
    currency: currencyCode(),
    stock: stock(),
  },
  version: integer(1, 1_000_000),
});
const loan = object({
  items: arrayOf(object({ thingId: uuid(), quantity: integer(1, 100) }), { min: 1, max: 50 }),
});
const loanView = object({ id: uuid(), ownerId: uuid() });

type Context = Pick<ModuleContext<Record<string, never>>, 'db' | 'ids' | 'clock'>;

const viewOf = ({ createdAt: _at, ...thing }: Thing) => thing;
const loanViewOf = ({ id, ownerId }: Loan) => ({ id, ownerId });

const lockThing = async ({ db }: Context, id: string): Promise<Thing> => {
  const thing = await db.repository(Thing).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (thing === null) throw thingErrors.notFound();
  return thing;
};

const thingRoutes = (context: Context): RouteDefinition[] => {
  const { db, ids, clock } = context;
  const publicRoute = route.with({ access: 'public' });
  const manager = route.with({ access: { permission: 'things:write' } });
  const unique = (work: () => Promise<unknown>) => translateUnique('things_sku', thingErrors.skuTaken, work);
  return [
    publicRoute({
      method: 'get',
      path: '/',
      summary: 'List things',
      query: listQuery(['name', 'createdAt'], '-createdAt', { q: optional(text(1, 200)) }),
      replies: { 200: pageOf(view) },
      handle: async ({ query }) => {
        const things = db.repository(Thing).createQueryBuilder('thing');
        if (query.q !== undefined) things.andWhere('thing.name ILIKE :q', { q: query.q });
        const columns = {
          name: { property: 'name', kind: 'text' },
          createdAt: { property: 'createdAt', kind: 'moment' },
        } as const;
        return paged(await listPage(things, query, columns), viewOf);
      },
    }),
    publicRoute({
      method: 'get',
      path: '/:id',
      summary: 'Read a thing',
      params: byId,
      replies: { 200: view },
      errors: [thingErrors.notFound],
      handle: async ({ params }) => {
        const thing = await db.repository(Thing).findOneBy(params);
        if (thing === null) throw thingErrors.notFound();
        return ok(viewOf(thing));
      },
    }),
    manager({
      method: 'post',
      path: '/',
      summary: 'Add a thing',
      body,
      replies: { 201: view },
      errors: [thingErrors.skuTaken],
      handle: async (input) => {
        const thing: Thing = { ...input.body, id: ids.next(), version: 1, createdAt: clock.now() };
        await unique(() => db.transaction(() => db.repository(Thing).insert(thing)));
        return created(viewOf(thing), { location: `/api/v1/things/${thing.id}` });
      },
    }),
    manager({
      method: 'patch',
      path: '/:id',
      summary: 'Change a thing',
      params: byId,
      body: changes,
      replies: { 200: view },
      errors: [thingErrors.notFound, thingErrors.skuTaken],
      handle: ({ params: { id }, body: changed, expectedVersion }) =>
        db.transaction(async () => {
          const thing = await lockThing(context, id);
          assertVersion(thing.version, expectedVersion);
          const next = { ...changed, version: thing.version + 1 };
          await unique(() => db.repository(Thing).update({ id }, next));
          return ok(viewOf(Object.assign(thing, next)));
        }),
    }),
    manager({
      method: 'delete',
      path: '/:id',
      summary: 'Remove a thing',
      params: byId,
      replies: { 204: null },
      errors: [thingErrors.notFound],
      handle: ({ params: { id }, expectedVersion }) =>
        db.transaction(async () => {
          assertVersion((await lockThing(context, id)).version, expectedVersion);
          await db.repository(Thing).delete({ id });
          return noContent();
        }),
    }),
  ];
};

const loanRoutes = (context: Context): RouteDefinition[] => {
  const { db, ids } = context;
  const authenticated = route.with({ access: 'authenticated' });
  const loanOf = async (id: string, { userId, permissions }: Caller): Promise<Loan> => {
    const scope = permissions.has('loans:read-any') ? {} : { ownerId: userId };
    const found = await db.repository(Loan).findOneBy({ id, ...scope });
    if (found === null) throw thingErrors.noLoan();
    return found;
  };
  return [
    route({
      method: 'post',
      path: '/',
      summary: 'Borrow things',
      access: { permission: 'loans:place' },
      idempotency: 'required',
      body: loan,
      replies: { 201: loanView },
      errors: [thingErrors.noneLeft],
      handle: ({ body: { items }, caller }) =>
        db.transaction(async () => {
          for (const { thingId, quantity } of items) {
            const thing = await lockThing(context, thingId);
            if (thing.stock < quantity) throw thingErrors.noneLeft();
            await db.repository(Thing).update({ id: thingId }, { stock: thing.stock - quantity });
          }
          const inserted = { id: ids.next(), ownerId: caller.userId };
          await db.repository(Loan).insert(inserted);
          return created(inserted, { location: `/api/v1/loans/${inserted.id}` });
        }),
    }),
    authenticated({
      method: 'get',
      path: '/',
      summary: 'List loans',
      acceptsMachineKeys: true,
      query: listQuery(['id', 'name'], 'id', {}),
      replies: { 200: pageOf(loanView) },
      handle: async ({ query, caller }) => {
        const { userId } = caller;
        const loans = db.repository(Loan).createQueryBuilder('loan').where({ ownerId: userId });
        const id = { property: 'id', kind: 'text' } as const;
        return paged(await listPage(loans, query, { id, name: id }), loanViewOf);
      },
    }),
    authenticated({
      method: 'get',
      path: '/:id',
      summary: 'Read a loan',
      acceptsMachineKeys: true,
      requiresFreshCaller: true,
      params: byId,
      replies: { 200: loanView },
      errors: [thingErrors.noLoan],
      handle: async ({ params, caller }) => ok(loanViewOf(await loanOf(params.id, caller))),
    }),
    authenticated({
      method: 'post',
      path: '/:id/cancel',
      summary: 'End a loan',
      acceptsMachineKeys: true,
      params: byId,
      replies: { 200: loanView },
      errors: [thingErrors.noLoan],
      handle: async ({ params, caller }) => ok(loanViewOf(await loanOf(params.id, caller))),
    }),
    route({
      method: 'post',
      path: '/:id/extend',
      summary: 'Extend a loan',
      access: { permission: 'loans:manage' },
      params: byId,
      replies: { 200: loanView },
      errors: [thingErrors.noLoan],
      handle: async ({ params, caller }) => ok(loanViewOf(await loanOf(params.id, caller))),
    }),
  ];
};

const thingsModule = defineModule({
  name: 'things',
  path: '/things',
  entities: [Thing],
  permissions: { 'things:write': 'Add, change and remove things' },
  grants: { manager: ['things:write'], admin: ['things:write'] },
  create: (context) => ({
    api: {},
    routes: thingRoutes(context),
    // Create the table here and not in a migration, because the template of the test databases contains only the real
    // modules.
    start: async () => {
      await context.db.query(createThingsSql);
    },
  }),
});

const allLoanPermissions = ['loans:place', 'loans:read-any', 'loans:manage'];

const loansModule = defineModule({
  name: 'loans',
  path: '/loans',
  entities: [Loan],
  permissions: {
    'loans:place': 'Borrow things',
    'loans:read-any': 'Read the loans of everyone',
    'loans:manage': 'Extend loans',
  },
  grants: { user: ['loans:place'], manager: allLoanPermissions, admin: allLoanPermissions },
  create: (context) => ({ api: {}, routes: loanRoutes(context) }),
});

/** The modules of the service, and `things` and `loans`. */
export const modulesWithThings = [...modules, thingsModule, loansModule];

/** Builds a service with `/things` and `/loans`. */
export const buildThingsApp = (options: Parameters<typeof buildTestApp>[0] = {}): Promise<TestApp> =>
  buildTestApp({ modules: modulesWithThings, ...options });

export interface TestThing {
  readonly id: string;
  readonly sku: string;
  readonly version: number;
}

/** Adds a thing through the API. */
export async function buildThing(
  test: TestApp,
  manager: TestUser,
  overrides: object = {},
): Promise<TestThing> {
  const thing = {
    sku: randomUUID(),
    name: 'Oak Lamp',
    priceMinor: 1_250,
    currency: 'EUR',
    stock: 10,
    ...overrides,
  };
  const response = await test.as(manager).post('/things').send(thing).expect(201);
  return response.body.data as TestThing;
}
