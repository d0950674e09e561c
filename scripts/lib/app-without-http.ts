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

/** The service without HTTP: the same modules, called from a script. */
export interface Headless {
  /** What a module offers to others, by its definition or by its name. Throws with the names there are. */
  readonly use: <Public>(module: ModuleDefinition<Public> | string) => Public;
  /** Does `work` as this user: events, jobs and the audit trail name them. Asks for no permission, as services never do. */
  readonly as: <T>(who: { readonly email: string }, work: () => Promise<T>) => Promise<T>;
  readonly db: Pick<Database, 'query' | 'transaction' | 'repository'>;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly logger: Logger;
  /** The configuration with its secrets hidden. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly isProduction: boolean;
  /** The names that `use` knows. */
  readonly modules: readonly string[];
  /** The server and database, without credentials. */
  readonly place: string;
  readonly close: () => Promise<void>;
}

/** Builds the service on the database of this environment. Nothing is listened to, and what is for later waits for a worker. */
export async function openHeadless(environment: Environment): Promise<Headless> {
  const config = loadModulesConfig(environment, modules);
  const parts = createDependencies(config, modules);
  const { db, logger, redis } = parts;
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
    if (instance === undefined) throw new Error(`There is no module "${name}": ${names.join(', ')}.`);
    // What `create` of that very definition has returned.
    return instance.api as Public;
  };
  return {
    use,
    as: async ({ email }, work) => {
      const user = await use(usersModule).findByEmail(email);
      if (user === null) throw new Error(`There is no account with the address ${email}.`);
      return runInContext(contextOf({ actorId: user.id }, uuidIds.next()), work);
    },
    // Not the whole of it: that would show the address with its password.
    db: {
      query: (sql, parameters) => db.query(sql, parameters),
      transaction: db.transaction,
      repository: (entity) => db.repository(entity),
    },
    events: new OutboxRepository(db, uuidIds),
    jobs: new JobRepository(db, uuidIds),
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
