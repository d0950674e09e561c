import { createApp } from '../../src/app.ts';
import { idleEnvironment } from '../../src/config/idle-environment.ts';
import { modules } from '../../src/modules.ts';
import { createDependencies, loadModulesConfig } from '../../src/process/dependencies.ts';

/**
 * Returns the OpenAPI document of the service with all modules, without opening connections. The document is the same
 * on every machine, because nothing is read from the environment and route tables do not depend on settings.
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
