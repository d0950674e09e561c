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

/** Middleware for the `use` of a route. */
export interface RouteMiddleware {
  /** Limits failed sign-ins and registrations per client address. */
  readonly limitSignIns: Middleware;
  /** Refuses requests that another site made a browser send (403 AUTH_CROSS_SITE). */
  readonly requireSameSite: Middleware;
  /** The error that `requireSameSite` throws, for the `errors` of a route. */
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

/** A command of a module for the command line, such as `user:create`. */
export interface Command {
  readonly summary: string;
  /** Option → its description. Every option takes a value. */
  readonly options: Readonly<Record<string, string>>;
  run(options: Readonly<Record<string, string | undefined>>): Promise<string>;
}

/** A module that was built with its dependencies. */
export interface ModuleInstance<Public> extends AccountHooks {
  /** The interface for other modules. */
  readonly api: Public;
  readonly routes: readonly RouteDefinition[];
  /** Routes below other paths than the module's own: path → routes. */
  readonly routesElsewhere?: Readonly<Record<string, readonly RouteDefinition[]>>;
  /** Authenticates a kind of bearer token. */
  readonly authenticator?: Authenticator;
  readonly personalData?: PersonalData;
  readonly commands?: Readonly<Record<string, Command>>;
  /** Adds demo data if there is none. Returns a line that describes the data. */
  readonly seed?: () => Promise<string>;
  /** Deletes up to `limit` expired rows and returns how many. The worker calls it every ten minutes. */
  readonly purge?: (limit: number) => Promise<number>;
  /** Called for each request of this user that was refused with 403. */
  readonly onRefused?: (caller: { readonly userId: string }) => void;
  /** The module's subscriptions to events, which the worker delivers. */
  readonly subscriptions?: readonly Subscription[];
  /** The module's jobs and their handlers, which the worker runs. */
  readonly jobs?: readonly JobHandler[];
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** The dependencies of a module's `create`. */
export interface ModuleContext<Settings extends SettingsShape> extends AppDeps {
  readonly settings: InferShape<Settings>;
  /** Returns the interface of a module that is listed before this one. */
  readonly use: <Public>(module: ModuleDefinition<Public>) => Public;
  /** Returns module name → personal data; complete when the app has started. */
  readonly personalData: () => ReadonlyMap<string, PersonalData>;
  /** Calls the account hooks of every module; complete when the app has started. */
  readonly accounts: AccountAnnouncer;
}

/** A module as data. Migrations, OpenAPI and the role table read it without a database. */
export interface ModuleDefinition<Public = unknown> {
  readonly name: string;
  /** Below the root path of the API, such as `/users`. */
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
  // `createModules` passes each module the settings validated against its own shape.
  return { ...defaults, ...spec };
}

/** All modules, built and connected. */
export interface Modules {
  readonly routes: readonly BoundRoute[];
  readonly roleTable: ReadonlyMap<string, ReadonlySet<string>>;
  readonly authenticators: readonly Authenticator[];
  /** Calls `onRefused` of every module. */
  refused(caller: { readonly userId: string }): void;
  readonly commands: ReadonlyMap<string, Command>;
  readonly events: readonly EventDefinition[];
  readonly subscriptions: readonly Subscription[];
  readonly jobs: readonly JobHandler[];
  readonly instances: ReadonlyMap<string, ModuleInstance<unknown>>;
  start(): Promise<void>;
  /** Stops the modules in reverse order. If one fails to stop, the others are stopped nevertheless. */
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

/** Throws if a subscription is for an undeclared event, or if two subscriptions share the consumer name and the event. */
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

/** Builds the modules in list order; each can `use` those before it. `kernelData` is the personal data stored outside the modules. */
export function createModules(
  definitions: readonly ModuleDefinition[],
  deps: AppDeps,
  kernelData: Readonly<Record<string, PersonalData>> = {},
): Modules {
  const instances = new Map<string, ModuleInstance<unknown>>();
  const built = new Map<ModuleDefinition, ModuleInstance<unknown>>();
  const accounts = createAccountAnnouncer(() => [...instances.values()]);

  const contextOf = (definition: ModuleDefinition): ModuleContext<SettingsShape> => ({
    ...deps,
    settings: deps.config.settingsOf(definition.settings),
    accounts,
    use: <Public>(other: ModuleDefinition<Public>): Public => {
      const instance = built.get(other);
      if (instance === undefined) {
        throw new Error(
          `Module "${definition.name}" uses "${other.name}": list "${other.name}" before it in modules.ts.`,
        );
      }
      // The instance was built from this definition, so its interface has this type.
      return instance.api as Public;
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
    built.set(definition, instance);
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
