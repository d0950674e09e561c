import { createApp } from './app.ts';
import { ConfigError } from './config/config.ts';
import { loadEnvironment } from './config/environment.ts';
import { assertMigrated } from './db/migrate.ts';
import { closeGracefully, createHttpServer, listen, stopOnSignals } from './lifecycle.ts';
import { modules } from './modules.ts';
import { createParts, loadModulesConfig } from './parts.ts';

const exitConfig = 78; // EX_CONFIG of sysexits.h

async function main(): Promise<void> {
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
  logger.info(`Listening on ${config.publicUrl}`, { host: config.HOST, port: config.PORT });
}

main().catch((error: unknown) => {
  const isConfig = error instanceof ConfigError;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(isConfig ? exitConfig : 1);
});
