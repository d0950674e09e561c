import { randomBytes } from 'node:crypto';
import { createApp } from '../src/app.ts';
import { modules } from '../src/modules.ts';
import { createParts, loadModulesConfig } from '../src/parts.ts';

/**
 * The OpenAPI document of the service with all its modules, which is not connected to anything for it.
 * It is the same on every machine: no environment is read, and nothing in a route table follows from a setting.
 */
export async function describeService(): Promise<object> {
  const config = loadModulesConfig(
    {
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      JWT_SECRET: randomBytes(32).toString('base64url'),
      PASSWORD_PEPPER: randomBytes(32).toString('base64url'),
    },
    modules,
  );
  const app = createApp(createParts(config, modules), modules);
  try {
    return app.describe();
  } finally {
    await app.stop();
  }
}
