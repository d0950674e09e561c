import { createApp } from './app.ts';
import { loadEnvironment } from './config/environment.ts';
import type { ModuleDefinition } from './core/module.ts';
import { assertMigrated } from './db/migrate.ts';
import { closeGracefully, createHttpServer, listen, startOrExplain, stopOnSignals } from './lifecycle.ts';
import { watchLoop } from './loop-watch.ts';
import { createParts, loadModulesConfig } from './parts.ts';

/** The HTTP process of a service with these modules; one that cannot start says why and ends. */
export function serve(modules: readonly ModuleDefinition[]): void {
  startOrExplain(() => main(modules));
}

async function main(modules: readonly ModuleDefinition[]): Promise<void> {
  const config = loadModulesConfig(loadEnvironment('production'), modules);
  const parts = createParts(config, modules);
  const { db, logger, redis } = parts;
  const app = createApp(parts, modules);
  const server = createHttpServer(app);

  await db.connect();
  await assertMigrated(db);
  await listen(server, { host: config.HOST, port: config.PORT });
  stopOnSignals(async () => {
    await closeGracefully(app, server, { delayMs: config.shutdownDelayMs, inFlightMs: 10_000 });
    await app.stop();
    redis?.disconnect();
    await db.close();
    logger.info('Stopped.');
  }, logger);
  await app.start();
  watchLoop({ thresholdMs: config.SLOW_LOOP_MS, logger });
  logger.info(`Listening on ${config.publicUrl}`, { host: config.HOST, port: config.PORT });
}
