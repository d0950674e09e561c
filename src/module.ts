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

/** Ordinary middleware that a route takes in its `use`. */
export interface RouteMiddleware {
  /** Counts failures and registrations of one address. */
  readonly limitSignIns: Middleware;
  /** Refuses requests that another site made a browser send (403 AUTH_CROSS_SITE). */
  readonly requireSameSite: Middleware;
  /** What `requireSameSite` throws, for the `errors` of a route. */
  readonly crossSiteRefused: ErrorFactory;
}

/** What the outside world offers to every module. */
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
  /** Option → what it means; all take a value. */
  readonly options: Readonly<Record<string, string>>;
  run(options: Readonly<Record<string, string | undefined>>): Promise<string>;
}

/** The live half of a module. */
export interface ModuleInstance<Public> extends AccountHooks {
  /** What other modules may use. */
  readonly api: Public;
  readonly routes: readonly RouteDefinition[];
  /** Routes below the path of another module: that path → its routes. */
  readonly routesElsewhere?: Readonly<Record<string, readonly RouteDefinition[]>>;
  /** Offered by each module that knows a kind of bearer token. */
  readonly authenticator?: Authenticator;
  readonly personalData?: PersonalData;
  readonly commands?: Readonly<Record<string, Command>>;
  /** Adds demo data where there is none; gives a line that says what there is. */
  readonly seed?: () => Promise<string>;
  /** Removes up to `limit` rows that are past their time, and gives how many; called by the worker every ten minutes. */
  readonly purge?: (limit: number) => Promise<number>;
  /** Told of each request that was refused with 403, and whose it was. */
  readonly onRefused?: (caller: { readonly userId: string }) => void;
  /** What the module does about events, its own and those of others; carried out by the worker. */
  readonly subscriptions?: readonly Subscription[];
  /** The module's jobs, and what is done about each; carried out by the worker. */
  readonly jobs?: readonly JobHandler[];
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** What `create` gets to build the live half from. */
export interface ModuleContext<Settings extends SettingsShape> extends AppDeps {
  readonly settings: InferShape<Settings>;
  /** The public interface of a module that is listed before this one. */
  readonly use: <Public>(module: ModuleDefinition<Public>) => Public;
  /** Module name → what it holds about people; complete once the app has started. */
  readonly personalData: () => ReadonlyMap<string, PersonalData>;
  /** Tells every module of what happened to an account; complete once the app has started. */
  readonly accounts: AccountAnnouncer;
}

/** A module as data: what migrations, OpenAPI and the table of roles read without a database. */
export interface ModuleDefinition<Public = unknown> {
  readonly name: string;
  /** Below the root path of the API, such as `/orders`. */
  readonly path: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly permissions: Permissions;
  readonly grants: Grants;
  readonly settings: SettingsShape;
  readonly encryptedColumns: readonly EncryptedColumn[];
  /** What the module says has happened. */
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

/** Declares a module; nothing happens until `createModules` builds it. */
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
  // `createModules` hands each module the settings that its own shape let through.
  return { ...defaults, ...spec };
}

/** Every module, alive and wired. */
export interface Modules {
  readonly routes: readonly BoundRoute[];
  readonly roleTable: ReadonlyMap<string, ReadonlySet<string>>;
  readonly authenticators: readonly Authenticator[];
  /** Tells every module that asked for it of a request that was refused with 403. */
  refused(caller: { readonly userId: string }): void;
  readonly commands: ReadonlyMap<string, Command>;
  readonly events: readonly EventDefinition[];
  readonly subscriptions: readonly Subscription[];
  readonly jobs: readonly JobHandler[];
  readonly instances: ReadonlyMap<string, ModuleInstance<unknown>>;
  start(): Promise<void>;
  /** Stops in reverse order; a module that fails to stop does not keep the others from it. */
  stop(): Promise<void>;
}

const fullPath = (module: string, path: string): string => `${apiRoot}${module}${path === '/' ? '' : path}`;

/** Refuses a permission that no module declares: its route could never be called. */
function assertPermissionsDeclared(
  definitions: readonly ModuleDefinition[],
  routes: readonly BoundRoute[],
): void {
  const declared = new Set(definitions.flatMap(({ permissions }) => Object.keys(permissions)));
  for (const { path, route } of routes) {
    if (typeof route.access === 'object' && !declared.has(route.access.permission)) {
      throw new Error(
        `${route.method.toUpperCase()} ${path} needs "${route.access.permission}", which no module declares: add it to the module's permissions.`,
      );
    }
  }
}

/** Refuses a subscription to what no module declares, and two that would take each other's note of an event for their own. */
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
    if (seen.has(name)) throw new Error(`"${name}" is subscribed twice: give one another consumer name.`);
    seen.add(name);
  }
}

/** Builds every module in the order of the list; each gets at those before it with `use`. `kernelData` is what is held about people outside them. */
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
      // What was built for this very definition.
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
