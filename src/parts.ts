import { createBcryptHasher } from './adapters/bcrypt-hasher.ts';
import { createRedis } from './adapters/redis.ts';
import { systemClock } from './adapters/system-clock.ts';
import { uuidIds } from './adapters/uuid-ids.ts';
import { createWinstonLogger } from './adapters/winston-logger.ts';
import type { AppParts } from './app.ts';
import { loadConfig, type Config } from './config/config.ts';
import type { Environment } from './config/environment.ts';
import type { ModuleDefinition } from './core/module.ts';
import { createDataSource } from './db/data-source.ts';
import { Database } from './db/database.ts';

/** The configuration of the service with these modules; throws a ConfigError with every fault at once. */
export const loadModulesConfig = (env: Environment, modules: readonly ModuleDefinition[]): Config =>
  loadConfig(
    env,
    modules.map(({ settings }) => settings),
  );

/** The database that these modules' entities and migrations describe; not connected yet. */
export const createDatabase = (
  config: Config,
  modules: readonly ModuleDefinition[],
  queryTimeoutMs?: number,
): Database =>
  new Database(
    createDataSource({
      url: config.DATABASE_URL,
      poolMax: config.DATABASE_POOL_MAX,
      entities: modules.flatMap(({ entities }) => entities),
      migrations: modules.flatMap(({ migrations }) => migrations),
      queryTimeoutMs,
    }),
  );

/** The real outside world: this machine's clock, bcrypt, the log on standard output, PostgreSQL and Redis. */
export function createParts(config: Config, modules: readonly ModuleDefinition[]): AppParts {
  const logger = createWinstonLogger({
    level: config.LOG_LEVEL,
    isPretty: config.NODE_ENV === 'development',
  });
  return {
    config,
    logger,
    clock: systemClock,
    ids: uuidIds,
    hasher: createBcryptHasher({ cost: config.BCRYPT_COST, pepper: config.PASSWORD_PEPPER }),
    db: createDatabase(config, modules),
    redis: config.REDIS_URL === undefined ? undefined : createRedis(config.REDIS_URL, logger),
  };
}
