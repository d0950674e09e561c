import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { App } from '../app.ts';
import { hasBody } from '../utils/announced-body.ts';
import { httpClassesOf } from './fast-http-classes.ts';
import { closeUnlessRead, isClosing } from './unread-body.ts';

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** The setting of the port, named in error messages; PORT unless given. */
  readonly setting?: 'PORT' | 'WORKER_PORT';
}

/** A server with the responses that are not finished yet. */
export interface HttpServer {
  readonly server: Server;
  readonly pending: ReadonlySet<ServerResponse>;
}

// Longer than the time limit of any upload.
const requestTimeoutMs = 3_660_000;

/** Creates an HTTP server. Sets every timeout explicitly, independent of Node's defaults. */
export function createHttpServer({ express }: Pick<App, 'express'>): HttpServer {
  const server = createServer({
    ...httpClassesOf(express),
    // The body middleware has shorter limits; this one is for bodies that are read elsewhere.
    requestTimeout: requestTimeoutMs,
    headersTimeout: 10_000,
    // Longer than the 60 s of common load balancers, so that they close idle connections, not this server.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  });
  // Idle socket timeout: nothing is sent or received.
  server.timeout = 60_000;
  // By default Node silently drops headers beyond a number, such as If-Match; maxHeaderSize is the limit instead.
  server.maxHeadersCount = 0;
  const pending = new Set<ServerResponse>();
  const handle: RequestListener = (req, res) => {
    if (isClosing(req.socket)) return;
    if (hasBody(req)) closeUnlessRead(req, res);
    pending.add(res);
    res.once('close', () => {
      pending.delete(res);
    });
    express(req, res);
  };
  server.on('request', handle);
  // Requests with `Expect: 100-continue`. Node would send `100 Continue` itself; here the body middleware does, after its checks.
  server.on('checkContinue', handle);
  server.on('checkExpectation', handle);
  return { server, pending };
}

/** Starts listening. Throws an error that says what to do if the port is unavailable. */
export async function listen(
  { server }: HttpServer,
  { host, port, setting = 'PORT' }: ListenOptions,
): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  try {
    await listening;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const advice = adviceFor(code, { host, port, setting });
    throw advice === null ? error : new Error(advice, { cause: error });
  }
}

function adviceFor(code: string, { host, port, setting = 'PORT' }: ListenOptions): string | null {
  if (code === 'EADDRINUSE')
    return `Port ${port} is used by another process: stop it, or set ${setting} to a free port.`;
  if (code === 'EACCES')
    return `Port ${port} requires more privileges than this process has: set ${setting} to a port above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST=${host} is not an address of this machine (${code}): set HOST to one that is, or to 0.0.0.0 for all.`;
  return null;
}
