import cluster from 'node:cluster';
import { createApp } from '../app.ts';
import { reportStarted, runClusterPrimary } from './cluster.ts';
import type { Config } from '../config/config.ts';
import { loadEnvironment } from '../config/environment.ts';
import type { ModuleDefinition } from '../module.ts';
import { assertMigrated } from '../db/migrate.ts';
import { createHttpServer, listen } from './http-server.ts';
import { closeGracefully, stopOnSignals } from './shutdown.ts';
import { startOrExplain } from './startup.ts';
import { monitorEventLoop } from './event-loop-monitor.ts';
import { createLogger, createDependencies, loadModulesConfig } from './dependencies.ts';

/**
 * Runs the HTTP server of these modules in WEB_CONCURRENCY processes. If it fails to start, prints the reason and
 * exits.
 */
export function serve(modules: readonly ModuleDefinition[]): void {
  startOrExplain(async () => {
    const config = loadModulesConfig(loadEnvironment('production'), modules);
    if (config.processes > 1 && cluster.isPrimary) runPrimary(config);
    else await main(config, modules);
  });
}

function runPrimary(config: Config): void {
  const logger = createLogger(config);
  const { processes } = config;
  if (config.REDIS_URL === undefined)
    logger.warn(
      `Each of the ${processes} processes counts rate limits separately, so the limits are up to ${processes} times as high: set REDIS_URL to share them.`,
    );
  runClusterPrimary(processes, logger);
}

async function main(config: Config, modules: readonly ModuleDefinition[]): Promise<void> {
  const dependencies = createDependencies(config, modules);
  const { db, logger, redis } = dependencies;
  const app = createApp(dependencies, modules);
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
  monitorEventLoop({ thresholdMs: config.slowLoopMs, logger });
  reportStarted();
  logger.info(`Listening on ${config.publicUrl}`, { host: config.HOST, port: config.PORT });
}
