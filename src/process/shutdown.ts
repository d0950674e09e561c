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
 * Stops a server without losing requests. First serves as usual for `delayMs`, until load balancers have noticed. Then
 * refuses new connections and waits up to `inFlightMs` for unfinished requests.
 */
export async function closeGracefully(
  app: Pick<App, 'drain'>,
  { server, pending }: HttpServer,
  { delayMs, inFlightMs }: StopSettings,
): Promise<void> {
  app.drain();
  // Close the connections of unfinished responses. The app adds this header to all later responses itself.
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
  // Close the remaining connections, which are idle or whose requests have exceeded the time limit.
  server.closeAllConnections();
  await closed;
}

/** The time limit for stopping a process. */
export const hardDeadlineMs = 20_000;

/**
 * Calls `stop` on SIGTERM, SIGINT or a fatal error, and then exits. Exits immediately on a second signal, or 20 s after
 * the first.
 */
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
      // Ignore a second signal in a worker process, which may receive the same signal from the terminal or the
      // supervisor and from the primary process.
      if (isStopping && cluster.isWorker) return;
      logger.info(`${signal}: stopping.`);
      end(0);
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.error(`${event}: stopping, because the state of the process is unknown.`, { error });
      end(1);
    });
  }
}
