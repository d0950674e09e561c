import type { Config } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/environment.ts';
import type { ModuleDefinition } from '../../src/module.ts';
import { modules as allModules } from '../../src/modules.ts';
import { loadModulesConfig } from '../../src/process/dependencies.ts';

/**
 * A complete environment for tests. Hashing passwords is fast, rate limits are off, and slow operations are not logged.
 */
export const testEnvironment: Environment = {
  NODE_ENV: 'test',
  JWT_SECRET: 'K7v2pQx9mZ4tR8wYbN3cF6hJ1sL5dG0aXeUiOoPqWrTy',
  PASSWORD_PEPPER: 'h3Gk9TzVxQ1mB7nC5rL2wYpD8sF4jX6aEoUiZqWvKtRy',
  BCRYPT_COST: '4',
  RATE_LIMIT_GLOBAL_PER_MINUTE: '0',
  RATE_LIMIT_AUTH_PER_15_MINUTES: '0',
  RATE_LIMIT_WRITES_PER_MINUTE: '0',
  SLOW_QUERY_MS: '0',
  SLOW_LOOP_MS: '0',
};

/** A timeout for tests that are not about timeouts, long enough for the slowest machine. */
export const generousTimeoutMs = 600_000;

/**
 * Returns the configuration for tests, changed by these settings. A request has practically no deadline unless a
 * setting limits it.
 */
export function testConfig(settings: Environment, modules: readonly ModuleDefinition[] = allModules): Config {
  const config = loadModulesConfig({ ...testEnvironment, ...settings }, modules);
  return settings['REQUEST_DEADLINE_MS'] === undefined
    ? { ...config, REQUEST_DEADLINE_MS: generousTimeoutMs }
    : config;
}
