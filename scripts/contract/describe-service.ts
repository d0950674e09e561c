import { createApp } from '../../src/app.ts';
import { idleEnvironment } from '../../src/config/idle-environment.ts';
import { modules } from '../../src/modules.ts';
import { createDependencies, loadModulesConfig } from '../../src/process/dependencies.ts';

/**
 * The OpenAPI document of the service with all its modules, which is not connected to anything for it.
 * It is the same on every machine: no environment is read, and nothing in a route table follows from a setting.
 */
export async function describeService(): Promise<object> {
  const config = loadModulesConfig(idleEnvironment(), modules);
  const app = createApp(createDependencies(config, modules), modules);
  try {
    return app.describe();
  } finally {
    await app.stop();
  }
}
