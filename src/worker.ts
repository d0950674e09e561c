import { createApp } from './app.ts';
import { ConfigError } from './config/config.ts';
import { loadEnvironment } from './config/environment.ts';
import { assertMigrated } from './db/migrate.ts';
import { closeGracefully, createHttpServer, listen, stopOnSignals } from './lifecycle.ts';
import { createHealthServer } from './middleware/health.ts';
import { modules } from './modules.ts';
import { createParts, loadModulesConfig } from './parts.ts';
import { createBackground } from './worker/background.ts';

const exitConfig = 78; // EX_CONFIG of sysexits.h

/** The same modules as in server.ts, with events and jobs in the place of requests. */
async function main(): Promise<void> {
  const config = loadModulesConfig(loadEnvironment('production'), modules);
  const parts = createParts(config, modules);
  const { db, logger, redis } = parts;
  const app = createApp(parts, modules);
  const background = createBackground(parts, app);
  const server = createHttpServer({ express: createHealthServer(app.readiness) });

  await db.connect();
  await assertMigrated(db);
  await listen(server, { host: config.HOST, port: config.WORKER_PORT });
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
  const address = server.server.address();
  logger.info('Working.', { healthPort: typeof address === 'object' ? address?.port : config.WORKER_PORT });
}

main().catch((error: unknown) => {
  const isConfig = error instanceof ConfigError;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(isConfig ? exitConfig : 1);
});
