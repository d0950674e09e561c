import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Logger } from '../core/ports.ts';
import type { HttpServer } from './http-server.ts';

interface StopSettings {
  readonly delayMs: number;
  readonly inFlightMs: number;
}

/**
 * Ends a server so that no request is lost: goes on serving for `delayMs` while balancers look away, then takes no
 * new connections, and lets what is in flight end within `inFlightMs`.
 */
export async function closeGracefully(
  app: Pick<App, 'drain'>,
  { server, pending }: HttpServer,
  { delayMs, inFlightMs }: StopSettings,
): Promise<void> {
  app.drain();
  // Those that come from now on are told so by the app.
  for (const res of pending) if (!res.headersSent) res.setHeader('Connection', 'close');
  await sleep(delayMs);
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const deadline = performance.now() + inFlightMs;
  while (pending.size > 0 && performance.now() < deadline) await sleep(10);
  // What is left now is idle, was never used, or is out of time.
  server.closeAllConnections();
  await closed;
}

/** How long stopping may take. */
export const hardDeadlineMs = 20_000;

/** Stops once on SIGTERM, SIGINT or a fatal error; a second signal, or 20 s, ends the process at once. */
export function stopOnSignals(stop: () => Promise<void>, logger: Logger): void {
  let isStopping = false;
  const end = (code: number): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), hardDeadlineMs).unref();
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        logger.error('The service did not stop cleanly.', { error });
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A terminal or a supervisor may signal all processes, and the one that leads passes it on: that is one signal, not two.
      if (isStopping && cluster.isWorker) return;
      logger.info(`${signal}: stopping.`);
      end(0);
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.error(`${event}: stopping, because what follows cannot be trusted.`, { error });
      end(1);
    });
  }
}
