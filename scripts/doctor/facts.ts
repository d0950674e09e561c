import { randomBytes } from 'node:crypto';
import { ConfigError, describeSettings, isSecretSetting } from '../../src/config/config.ts';
import { loadEnvironment, type Environment } from '../../src/config/environment.ts';
import { createApp } from '../../src/app.ts';
import { modules } from '../../src/modules.ts';
import { kernelMigrations } from '../../src/process/kernel-tables.ts';
import { createDependencies, loadModulesConfig } from '../../src/process/dependencies.ts';
import { ownSecrets } from '../../dev/secrets.ts';

/** A problem with a setting. The message never contains the value. */
export interface Issue {
  readonly name: string;
  readonly message: string;
}

/** Facts that are known only after the code of the service was loaded. A child process collects them. */
export interface Facts {
  /** Problems with settings that would prevent a start. */
  readonly issues: readonly Issue[];
  /** Secrets that development accepts and production would reject. */
  readonly rejectedInProduction: readonly Issue[];
  /** Secrets that the first start in development generates. */
  readonly generated: readonly string[];
  /** The names of the migrations in the code. */
  readonly migrations: readonly string[];
  /** How many connections the servers, a worker and a migration may need together. null if the settings are invalid. */
  readonly connections: number | null;
}

const placeholderUrl = 'postgres://strata@localhost/strata';

const isSet = (env: Environment, name: string): boolean => Boolean(env[name] || env[`${name}_FILE`]);

function issuesOf(env: Environment): readonly Issue[] {
  try {
    // Create the app, because that runs the modules' own checks of combined settings. No connection is opened.
    createApp(createDependencies(loadModulesConfig(env, modules), modules), modules);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
}

function connectionsOf(env: Environment): number | null {
  try {
    const { processes, DATABASE_POOL_MAX: pool } = loadModulesConfig(env, modules);
    // Count the connections of each process. In addition to its pool, a server has one connection for NOTIFY. A worker
    // has another one for LISTEN.
    const [server, worker, migration] = [pool + 1, pool + 2, 3];
    return processes * server + worker + migration;
  } catch {
    return null;
  }
}

/** Returns the problems with secrets that production would report. */
function unfitSecrets(env: Environment): readonly Issue[] {
  const described = describeSettings(modules.map(({ settings }) => settings));
  try {
    loadModulesConfig({ ...env, NODE_ENV: 'production' }, modules);
    return [];
  } catch (error) {
    if (error instanceof ConfigError)
      return error.issues.filter(({ name }) => isSecretSetting(described[name]));
    throw error;
  }
}

function readFacts(): Facts {
  const environment = loadEnvironment('development');
  const isDevelopment = environment['NODE_ENV'] === 'development';
  // The secrets that the service will generate. In development, the service also provides a database itself.
  const generated = isDevelopment ? ownSecrets.filter((name) => !isSet(environment, name)) : [];
  const secrets = generated.map((name): [string, string] => [name, randomBytes(32).toString('base64url')]);
  const database =
    isDevelopment && !isSet(environment, 'DATABASE_URL') ? { DATABASE_URL: placeholderUrl } : {};
  const env: Environment = { ...environment, ...Object.fromEntries(secrets), ...database };
  const issues = issuesOf(env);
  return {
    issues,
    rejectedInProduction: isDevelopment
      ? unfitSecrets(env).filter(({ name }) => !issues.some((issue) => issue.name === name))
      : [],
    generated,
    migrations: [...kernelMigrations, ...modules.flatMap(({ migrations }) => migrations)].map(
      ({ name }) => name,
    ),
    connections: connectionsOf(env),
  };
}

process.send?.(readFacts(), () => process.exit(0));
