import { randomBytes } from 'node:crypto';
import { ConfigError, describeSettings, isSecretSetting } from '../../src/config/config.ts';
import { loadEnvironment, type Environment } from '../../src/config/environment.ts';
import { createApp } from '../../src/app.ts';
import { modules } from '../../src/modules.ts';
import { kernelMigrations } from '../../src/process/kernel-tables.ts';
import { createDependencies, loadModulesConfig } from '../../src/process/dependencies.ts';
import { ownSecrets } from '../../dev/secrets.ts';

/** What is wrong with a setting; its value is never part of it. */
export interface Issue {
  readonly name: string;
  readonly message: string;
}

/** What the code of the service says of itself and of this environment. */
export interface Facts {
  /** What the service would say of its settings at the start. */
  readonly issues: readonly Issue[];
  /** What production would refuse of the secrets that development takes. */
  readonly unfit: readonly Issue[];
  /** Secrets that the first start in development makes. */
  readonly toBeMade: readonly string[];
  /** The migrations that the code counts on. */
  readonly migrations: readonly string[];
  /** The most connections that its servers, a worker and a migration may take; null where the settings are wrong. */
  readonly connections: number | null;
}

const somewhere = 'postgres://strata@localhost/strata';

const isSet = (env: Environment, name: string): boolean => Boolean(env[name] || env[`${name}_FILE`]);

function issuesOf(env: Environment): readonly Issue[] {
  try {
    // Modules refuse what does not go together when they are made. Nothing is connected to.
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
    const [worker, migration] = [pool + 1, 3];
    return processes * pool + worker + migration;
  } catch {
    return null;
  }
}

/** What development would be refused for in production, as far as it is a secret. */
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
  const asked = loadEnvironment('development');
  const isDevelopment = asked['NODE_ENV'] === 'development';
  // What development has without being told: a database, and secrets that are made at the first start.
  const toBeMade = isDevelopment ? ownSecrets.filter((name) => !isSet(asked, name)) : [];
  const made = toBeMade.map((name): [string, string] => [name, randomBytes(32).toString('base64url')]);
  const database = isDevelopment && !isSet(asked, 'DATABASE_URL') ? { DATABASE_URL: somewhere } : {};
  const env: Environment = { ...asked, ...Object.fromEntries(made), ...database };
  const issues = issuesOf(env);
  return {
    issues,
    unfit: isDevelopment
      ? unfitSecrets(env).filter(({ name }) => !issues.some((issue) => issue.name === name))
      : [],
    toBeMade,
    migrations: [...kernelMigrations, ...modules.flatMap(({ migrations }) => migrations)].map(
      ({ name }) => name,
    ),
    connections: connectionsOf(env),
  };
}

process.send?.(readFacts(), () => process.exit(0));
