import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { usersModule } from '../../src/api/users/index.ts';
import { createApp } from '../../src/app.ts';
import { describeSettings, isSecretSetting, type Config } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/environment.ts';
import { contextOf, runInContext } from '../../src/core/context.ts';
import type { Events } from '../../src/events/events.ts';
import type { Jobs } from '../../src/jobs/jobs.ts';
import type { ModuleDefinition } from '../../src/module.ts';
import type { Logger } from '../../src/core/ports.ts';
import type { Database } from '../../src/db/database.ts';
import { JobRepository } from '../../src/jobs/job.repository.ts';
import { assertMigrated } from '../../src/db/migrate.ts';
import { OutboxRepository } from '../../src/events/outbox.repository.ts';
import { modules } from '../../src/modules.ts';
import { createDependencies, loadModulesConfig } from '../../src/process/dependencies.ts';
import { describePostgresUrl } from '../../src/utils/postgres-url.ts';

/** The modules of the service without HTTP, for scripts. */
export interface Headless {
  /**
   * Returns the interface of a module. Accepts the module's definition or its name. Throws an error that lists the
   * names if the name is unknown.
   */
  readonly use: <Public>(module: ModuleDefinition<Public> | string) => Public;
  /**
   * Runs `work` on behalf of this user. Events, jobs and the audit trail record the user. Does not check permissions.
   */
  readonly as: <T>(who: { readonly email: string }, work: () => Promise<T>) => Promise<T>;
  readonly db: Pick<Database, 'query' | 'transaction' | 'repository'>;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly logger: Logger;
  /** The configuration, in which secrets are hidden. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly isProduction: boolean;
  /** The names that `use` accepts. */
  readonly modules: readonly string[];
  /** The database server and name, without credentials. */
  readonly place: string;
  readonly close: () => Promise<void>;
}

/**
 * Builds the modules with the database of this environment. Opens no port. Does not process events and jobs, which wait
 * for a worker.
 */
export async function openHeadless(environment: Environment): Promise<Headless> {
  const config = loadModulesConfig(environment, modules);
  const parts = createDependencies(config, modules);
  const { db, logger, notifier, redis } = parts;
  const app = createApp(parts, modules);
  const { instances } = app.modules;
  const close = async () => {
    await app.stop();
    redis?.disconnect();
    await db.close();
  };
  try {
    await db.connect();
    await assertMigrated(db);
  } catch (error) {
    await close();
    throw error;
  }

  const names = [...instances.keys()];
  const use = <Public>(module: ModuleDefinition<Public> | string): Public => {
    const name = typeof module === 'string' ? module : module.name;
    const instance = instances.get(name);
    if (instance === undefined)
      throw new Error(`There is no module "${name}". Choose one of ${names.join(', ')}.`);
    // The cast is safe: `create` of this definition has returned it.
    return instance.api as Public;
  };
  return {
    use,
    as: async ({ email }, work) => {
      const user = await use(usersModule).findByEmail(email);
      if (user === null) throw new Error(`There is no account with the email address ${email}.`);
      return runInContext(contextOf({ actorId: user.id }, uuidIds.next()), work);
    },
    // Expose only some methods, because the whole object contains the password of the database.
    db: {
      query: (sql, parameters) => db.query(sql, parameters),
      transaction: db.transaction,
      repository: (entity) => db.repository(entity),
    },
    events: new OutboxRepository(db, uuidIds, notifier),
    jobs: new JobRepository(db, uuidIds, notifier),
    logger,
    config: hideSecrets(config),
    isProduction: config.isProduction,
    modules: names,
    place: describePostgresUrl(config.DATABASE_URL),
    close,
  };
}

function hideSecrets(config: Config): Readonly<Record<string, unknown>> {
  const described = describeSettings(modules.map(({ settings }) => settings));
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]: [string, unknown]) => {
      if (typeof value === 'function') return [];
      return [[name, isSecretSetting(described[name]) && value !== undefined ? '[hidden]' : value]];
    }),
  );
}
