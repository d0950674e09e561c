import type { Config, SettingsShape } from './config/config.ts';
import type { EntityClass, MigrationClass } from './db/data-source.ts';
import type { Database } from './db/database.ts';
import type { EncryptedColumn } from './db/encryption.ts';
import { createAccountAnnouncer, type AccountAnnouncer, type AccountHooks } from './core/account-hooks.ts';
import { buildRoleTable, type Grants, type Permissions } from './core/access.ts';
import type { ErrorFactory } from './core/errors.ts';
import type { DeadEvents, EventDefinition, Events, Subscription } from './events/events.ts';
import type { JobHandler, Jobs } from './jobs/jobs.ts';
import type { PersonalData } from './core/personal-data.ts';
import type {
  Attempts,
  Authenticator,
  Clock,
  ColumnCipher,
  Ids,
  Logger,
  Mailer,
  OutgoingHttp,
  PasswordHasher,
  WorkerPool,
} from './core/ports.ts';
import { apiRoot } from './http/envelope.ts';
import type { BoundRoute, Middleware, RouteDefinition } from './http/route.ts';
import type { InferShape } from './core/schema.ts';

/** Middleware that a module can put into the `use` of its routes. */
export interface RouteMiddleware {
  /** Limits failed sign-ins and registrations per client address. */
  readonly limitSignIns: Middleware;
  /** Refuses requests that a page of another site made the browser send (403 AUTH_CROSS_SITE). */
  readonly requireSameSite: Middleware;
  /** The error that `requireSameSite` throws. A route with this middleware lists it in `errors`. */
  readonly crossSiteRefused: ErrorFactory;
}

/** The dependencies that every module receives. */
export interface AppDeps {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly hasher: PasswordHasher;
  readonly mailer: Mailer;
  readonly outgoingHttp: OutgoingHttp;
  readonly workerPool: WorkerPool;
  readonly cipher: ColumnCipher;
  readonly attempts: Attempts;
  readonly events: Events;
  readonly deadEvents: DeadEvents;
  readonly jobs: Jobs;
  readonly middleware: RouteMiddleware;
}

/** A module's command for the command line, such as `user:create`. */
export interface Command {
  readonly summary: string;
  /** Maps an option to its description. Every option takes a value. */
  readonly options: Readonly<Record<string, string>>;
  run(options: Readonly<Record<string, string | undefined>>): Promise<string>;
}

/** A module after it was built with its dependencies. */
export interface ModuleInstance<Public> extends AccountHooks {
  /** The functions that other modules may call. */
  readonly api: Public;
  readonly routes: readonly RouteDefinition[];
  /** Routes outside the module's own path. Maps a path to its routes. */
  readonly routesElsewhere?: Readonly<Record<string, readonly RouteDefinition[]>>;
  /** Authenticates one kind of bearer token. */
  readonly authenticator?: Authenticator;
  readonly personalData?: PersonalData;
  readonly commands?: Readonly<Record<string, Command>>;
  /** Adds demo data unless there already is some. Returns a line that describes the data. */
  readonly seed?: () => Promise<string>;
  /** Deletes up to `limit` expired rows and returns the number deleted. The worker calls it every ten minutes. */
  readonly purge?: (limit: number) => Promise<number>;
  /** Called for each request that was refused with 403. `userId` is the caller of the request. */
  readonly onRefused?: (caller: { readonly userId: string }) => void;
  /** The module's event handlers. The worker calls them. */
  readonly subscriptions?: readonly Subscription[];
  /** The module's jobs with their handlers. The worker runs them. */
  readonly jobs?: readonly JobHandler[];
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** The argument of a module's `create`. */
export interface ModuleContext<Settings extends SettingsShape> extends AppDeps {
  readonly settings: InferShape<Settings>;
  /** Returns the interface of another module. The list of modules must name that module before this one. */
  readonly use: <Public>(module: ModuleDefinition<Public>) => Public;
  /** Maps a module name to its personal data. The map is complete only after the app has started. */
  readonly personalData: () => ReadonlyMap<string, PersonalData>;
  /** Calls the account hooks of every module. The list of modules is complete only after the app has started. */
  readonly accounts: AccountAnnouncer;
}

/** The static description of a module. Migrations, OpenAPI and the role table read it without a database. */
export interface ModuleDefinition<Public = unknown> {
  readonly name: string;
  /** The module's path below the root of the API, such as `/users`. */
  readonly path: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly permissions: Permissions;
  readonly grants: Grants;
  readonly settings: SettingsShape;
  readonly encryptedColumns: readonly EncryptedColumn[];
  /** The events that the module publishes. */
  readonly events: readonly EventDefinition[];
  create(context: ModuleContext<SettingsShape>): ModuleInstance<Public>;
}

interface ModuleSpec<Public, Settings extends SettingsShape> {
  readonly name: string;
  readonly path: string;
  readonly entities?: readonly EntityClass[];
  readonly migrations?: readonly MigrationClass[];
  readonly permissions?: Permissions;
  readonly grants?: Grants;
  readonly settings?: Settings;
  readonly encryptedColumns?: readonly EncryptedColumn[];
  readonly events?: readonly EventDefinition[];
  create(context: ModuleContext<Settings>): ModuleInstance<Public>;
}

/** Declares a module. `createModules` builds it. */
export function defineModule<Public, const Settings extends SettingsShape = Record<string, never>>(
  spec: ModuleSpec<Public, Settings>,
): ModuleDefinition<Public> {
  const defaults = {
    entities: [],
    migrations: [],
    permissions: {},
    grants: {},
    settings: {},
    encryptedColumns: [],
    events: [],
  };
  // The cast is safe: `createModules` passes each module settings that were validated against its own shape.
  return { ...defaults, ...spec };
}

/** All modules, after they were built and connected with each other. */
export interface Modules {
  readonly routes: readonly BoundRoute[];
  readonly roleTable: ReadonlyMap<string, ReadonlySet<string>>;
  readonly authenticators: readonly Authenticator[];
  /** Calls `onRefused` of every module that has it. */
  refused(caller: { readonly userId: string }): void;
  readonly commands: ReadonlyMap<string, Command>;
  readonly events: readonly EventDefinition[];
  readonly subscriptions: readonly Subscription[];
  readonly jobs: readonly JobHandler[];
  readonly instances: ReadonlyMap<string, ModuleInstance<unknown>>;
  start(): Promise<void>;
  /** Stops the modules in reverse order. If one fails to stop, the others are still stopped. */
  stop(): Promise<void>;
}

const fullPath = (module: string, path: string): string => `${apiRoot}${module}${path === '/' ? '' : path}`;

/** Throws if a route requires a permission that no module declares. */
function assertPermissionsDeclared(
  definitions: readonly ModuleDefinition[],
  routes: readonly BoundRoute[],
): void {
  const declared = new Set(definitions.flatMap(({ permissions }) => Object.keys(permissions)));
  for (const { path, route } of routes) {
    if (typeof route.access === 'object' && !declared.has(route.access.permission)) {
      throw new Error(
        `${route.method.toUpperCase()} ${path} requires "${route.access.permission}", which no module declares: add it to the module's permissions.`,
      );
    }
  }
}

/**
 * Throws if a subscription names an undeclared event, or if two subscriptions to one event have the same consumer name.
 */
function assertSubscriptionsFit(
  events: readonly EventDefinition[],
  subscriptions: readonly Subscription[],
): void {
  const declared = new Set(events.map(({ type }) => type));
  if (declared.size < events.length)
    throw new Error('Two modules declare an event of the same type: rename one.');
  const seen = new Set<string>();
  for (const { consumer, definition } of subscriptions) {
    const name = `${consumer} on ${definition.type}`;
    if (!declared.has(definition.type))
      throw new Error(`"${name}": no module declares the event: add it to the module's events.`);
    if (seen.has(name)) throw new Error(`"${name}" is subscribed twice: rename one of the consumers.`);
    seen.add(name);
  }
}

interface BuiltModule<Public> {
  readonly definition: ModuleDefinition<Public>;
  readonly instance: ModuleInstance<Public>;
}

const isBuiltFrom = <Public>(
  module: BuiltModule<unknown>,
  definition: ModuleDefinition<Public>,
): module is BuiltModule<Public> => module.definition === definition;

/**
 * Builds the modules in the order of the list. Each module can `use` the modules before it. `kernelData` is the
 * personal data that is stored outside the modules.
 */
export function createModules(
  definitions: readonly ModuleDefinition[],
  deps: AppDeps,
  kernelData: Readonly<Record<string, PersonalData>> = {},
): Modules {
  const instances = new Map<string, ModuleInstance<unknown>>();
  const built: BuiltModule<unknown>[] = [];
  const accounts = createAccountAnnouncer(() => [...instances.values()]);

  const contextOf = (definition: ModuleDefinition): ModuleContext<SettingsShape> => ({
    ...deps,
    settings: deps.config.settingsOf(definition.settings),
    accounts,
    use: <Public>(other: ModuleDefinition<Public>): Public => {
      const module = built.find((one) => isBuiltFrom(one, other));
      if (module === undefined) {
        throw new Error(
          `Module "${definition.name}" uses "${other.name}": list "${other.name}" before it in modules.ts.`,
        );
      }
      return module.instance.api;
    },
    personalData: () =>
      new Map([
        ...Object.entries(kernelData),
        ...[...instances].flatMap(([name, { personalData }]): [string, PersonalData][] =>
          personalData === undefined ? [] : [[name, personalData]],
        ),
      ]),
  });

  for (const definition of definitions) {
    if (instances.has(definition.name))
      throw new Error(`Two modules are called "${definition.name}": rename one.`);
    const instance = definition.create(contextOf(definition));
    built.push({ definition, instance });
    instances.set(definition.name, instance);
  }

  const routes = definitions.flatMap(({ name, path }) => {
    const { routes: own = [], routesElsewhere = {} } = instances.get(name) ?? {};
    return [[path, own] as const, ...Object.entries(routesElsewhere)].flatMap(([base, rows]) =>
      rows.map((route) => ({ module: name, path: fullPath(base, route.path), route })),
    );
  });
  assertPermissionsDeclared(definitions, routes);
  const events = definitions.flatMap((definition) => definition.events);
  const subscriptions = [...instances.values()].flatMap((instance) => instance.subscriptions ?? []);
  assertSubscriptionsFit(events, subscriptions);
  const started: ModuleInstance<unknown>[] = [];

  return {
    routes,
    roleTable: buildRoleTable(definitions),
    authenticators: [...instances.values()].flatMap(({ authenticator }) => authenticator ?? []),
    refused: (caller) => {
      for (const instance of instances.values()) instance.onRefused?.(caller);
    },
    commands: new Map([...instances.values()].flatMap(({ commands }) => Object.entries(commands ?? {}))),
    events,
    subscriptions,
    jobs: [...instances.values()].flatMap((instance) => instance.jobs ?? []),
    instances,
    start: async () => {
      for (const instance of instances.values()) {
        await instance.start?.();
        started.push(instance);
      }
    },
    stop: async () => {
      for (const instance of started.splice(0).reverse()) {
        try {
          await instance.stop?.();
        } catch (error) {
          deps.logger.error('A module failed to stop.', { error });
        }
      }
    },
  };
}
