import cluster from 'node:cluster';
import { createBcryptHasher } from '../adapters/bcrypt-hasher.ts';
import { createColumnCipher } from '../adapters/column-cipher.ts';
import { createFileMailer } from '../adapters/file-mailer.ts';
import { createOutgoingHttp } from '../adapters/outgoing-http.ts';
import { createRedis } from '../adapters/redis.ts';
import { createSmtpMailer } from '../adapters/smtp-mailer.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { uuidIds } from '../adapters/uuid-ids.ts';
import { createWinstonLogger } from '../adapters/winston-logger.ts';
import { createWorkerPool } from '../adapters/worker-pool.ts';
import type { Dependencies } from '../app.ts';
import { loadConfig, type Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import type { ModuleDefinition } from '../module.ts';
import type { Logger, Mailer } from '../core/ports.ts';
import { createDataSource } from '../db/data-source.ts';
import { Database } from '../db/database.ts';
import { Notifier } from '../db/notifier.ts';
import { parseMailbox, type Mailbox } from '../utils/mailbox.ts';
import { kernelEntities, kernelMigrations } from './kernel-tables.ts';

/** Loads the settings of the service and of these modules. Throws a ConfigError that lists all problems. */
export const loadModulesConfig = (env: Environment, modules: readonly ModuleDefinition[]): Config =>
  loadConfig(
    env,
    modules.map(({ settings }) => settings),
  );

/** Creates the database access for the entities and migrations of these modules. Does not connect. */
export const createDatabase = (
  config: Config,
  modules: readonly ModuleDefinition[],
  { logger, queryTimeoutMs }: { logger?: Logger; queryTimeoutMs?: number | undefined } = {},
): Database => {
  const thresholdMs = config.slowQueryMs;
  return new Database(
    createDataSource({
      url: config.DATABASE_URL,
      poolMax: config.DATABASE_POOL_MAX,
      entities: [...kernelEntities, ...modules.flatMap(({ entities }) => entities)],
      migrations: [...kernelMigrations, ...modules.flatMap(({ migrations }) => migrations)],
      queryTimeoutMs,
      slow: logger === undefined || thresholdMs === 0 ? undefined : { thresholdMs, logger },
    }),
    { isNamingStatements: config.DATABASE_PREPARED_STATEMENTS, logger },
  );
};

/** Creates the password hasher and the column cipher. */
export function createCrypto(
  config: Config,
  { maxHashWaitMs }: { maxHashWaitMs?: number } = {},
): Pick<Dependencies, 'hasher' | 'cipher'> {
  const peppers = [config.PASSWORD_PEPPER, config.PASSWORD_PREVIOUS_PEPPER];
  const keys = [config.DATA_ENCRYPTION_PREVIOUS_KEY];
  // Accept these keys too, so that values encrypted before DATA_ENCRYPTION_KEY was set can still be read.
  const others = [...keys, ...peppers].filter((secret) => secret !== undefined);
  const current = config.DATA_ENCRYPTION_KEY ?? config.PASSWORD_PEPPER;
  return {
    hasher: createBcryptHasher({
      cost: config.BCRYPT_COST,
      pepper: config.PASSWORD_PEPPER,
      previousPepper: config.PASSWORD_PREVIOUS_PEPPER,
      processes: config.processes,
      maxWaitMs: maxHashWaitMs,
    }),
    cipher: createColumnCipher([current, ...others]),
  };
}

/** Builds the mailer for `config.mailTransport`. With `none`, each delivery fails and the mail waits in the queue. */
export function createMailer(config: Config): Mailer {
  const { SMTP_URL: url, MAIL_FROM, MAIL_KEPT_DIR, APP_NAME, isProduction } = config;
  if (url !== undefined) {
    const from = parseMailbox(MAIL_FROM ?? '') ?? defaultSender(APP_NAME);
    return createSmtpMailer({ url, from, requiresTls: isProduction });
  }
  if (config.mailTransport === 'file') return createFileMailer(MAIL_KEPT_DIR);
  return {
    deliver: async () => {
      throw new Error('SMTP_URL is not set.');
    },
  };
}

const defaultSender = (name: string): Mailbox => ({ name, address: 'no-reply@localhost' });

/** Creates the logger, which writes to standard output. */
export const createLogger = (config: Config): Logger =>
  createWinstonLogger({
    level: config.LOG_LEVEL,
    isPretty: config.NODE_ENV === 'development',
    // Add the process id, which distinguishes several processes that write to the same output.
    pid: cluster.isWorker ? process.pid : undefined,
  });

/** Creates the production dependencies: system clock, bcrypt, log on standard output, PostgreSQL and Redis. */
export function createDependencies(
  config: Config,
  modules: readonly ModuleDefinition[],
  { queryTimeoutMs }: { queryTimeoutMs?: number } = {},
): Dependencies {
  const logger = createLogger(config);
  return {
    config,
    logger,
    clock: systemClock,
    ids: uuidIds,
    ...createCrypto(config),
    mailer: createMailer(config),
    outgoingHttp: createOutgoingHttp(),
    workerPool: createWorkerPool(),
    db: createDatabase(config, modules, { logger, queryTimeoutMs }),
    notifier: new Notifier({ url: config.DATABASE_URL, logger }),
    redis: config.REDIS_URL === undefined ? undefined : createRedis(config.REDIS_URL, logger),
  };
}
