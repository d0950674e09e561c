import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.ts';
import type { Logger } from './core/ports.ts';

interface Listening {
  readonly host: string;
  readonly port: number;
}

/** A server that knows how many of its requests have no answer yet. */
export interface HttpServer {
  readonly server: Server;
  readonly inFlight: () => number;
}

/** An HTTP server with every time-out set, and none inherited. */
export function createHttpServer({ express }: App): HttpServer {
  const server = createServer({
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    // Longer than the 60 s of common balancers, so that they and not we end an idle connection.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  });
  let open = 0;
  server.on('request', (_req, res) => {
    open += 1;
    res.once('close', () => {
      open -= 1;
    });
  });
  server.on('request', express);
  return { server, inFlight: () => open };
}

/** Starts listening; throws with what to do when the port is not to be had. */
export function listen({ server }: HttpServer, { host, port }: Listening): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken by another process: stop that one, or set PORT to a free port.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
}

interface StopSettings {
  readonly delayMs: number;
  readonly inFlightMs: number;
}

/**
 * Ends a server so that no request is lost: goes on serving for `delayMs` while balancers look away, then takes no
 * new connections, and lets what is in flight end within `inFlightMs`.
 */
export async function closeGracefully(
  app: App,
  { server, inFlight }: HttpServer,
  { delayMs, inFlightMs }: StopSettings,
): Promise<void> {
  app.drain();
  await sleep(delayMs);
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  const deadline = performance.now() + inFlightMs;
  while (inFlight() > 0 && performance.now() < deadline) await sleep(10);
  // What is left now is idle, was never used, or is out of time.
  server.closeAllConnections();
  await closed;
}

const hardDeadlineMs = 20_000;

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
