import { createApp } from '../app.ts';
import { loadEnvironment } from '../config/environment.ts';
import type { ModuleDefinition } from '../module.ts';
import { assertMigrated } from '../db/migrate.ts';
import { createHttpServer, listen } from './http-server.ts';
import { closeGracefully, stopOnSignals } from './shutdown.ts';
import { startOrExplain } from './startup.ts';
import { monitorEventLoop } from './event-loop-monitor.ts';
import { createDependencies, loadModulesConfig } from './dependencies.ts';
import { createBackground } from './background.ts';

/**
 * Runs the worker, which processes the events, jobs and schedules of these modules. If it fails to start, prints the
 * reason and exits.
 */
export function work(modules: readonly ModuleDefinition[]): void {
  startOrExplain(() => main(modules));
}

async function main(modules: readonly ModuleDefinition[]): Promise<void> {
  const config = loadModulesConfig(loadEnvironment('production'), modules);
  const dependencies = createDependencies(config, modules);
  const { db, logger, redis } = dependencies;
  const app = createApp(dependencies, modules);
  const background = createBackground(dependencies, app);
  const server = createHttpServer({ express: app.health });

  await db.connect();
  await assertMigrated(db);
  await listen(server, { host: config.HOST, port: config.WORKER_PORT, setting: 'WORKER_PORT' });
  stopOnSignals(async () => {
    app.drain();
    await background.stop();
    await closeGracefully(app, server, { delayMs: 0, inFlightMs: 1_000 });
    await app.stop();
    redis?.disconnect();
    await db.close();
    logger.info('Stopped.');
  }, logger);
  await app.start();
  await background.start();
  monitorEventLoop({ thresholdMs: config.slowLoopMs, logger });
  const address = server.server.address();
  logger.info('Working.', { healthPort: typeof address === 'object' ? address?.port : config.WORKER_PORT });
}
