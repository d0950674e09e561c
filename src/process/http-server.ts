import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { App } from '../app.ts';
import { hasBody } from '../utils/announced-body.ts';
import { answerClientErrors } from './client-error.ts';
import { httpClassesOf } from './fast-http-classes.ts';
import { closeUnlessRead, isClosing } from './unread-body.ts';

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** The setting that the port comes from, for error messages. PORT by default. */
  readonly setting?: 'PORT' | 'WORKER_PORT';
}

/** A server, together with the responses that are not finished yet. */
export interface HttpServer {
  readonly server: Server;
  readonly pending: ReadonlySet<ServerResponse>;
}

// Node's time limit of a request, in milliseconds. It is longer than the time limit of any upload.
const requestTimeoutMs = 3_660_000;

/** Creates an HTTP server. Sets every timeout explicitly, because Node's defaults change. */
export function createHttpServer({ express }: Pick<App, 'express'>): HttpServer {
  const server = createServer({
    ...httpClassesOf(express),
    // This limit takes effect only for bodies that the body middleware does not read, because that middleware has
    // shorter limits.
    requestTimeout: requestTimeoutMs,
    headersTimeout: 10_000,
    // Keep idle connections longer than the 60 s of common load balancers, so that the load balancer and not this
    // server closes them.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  });
  // Close a connection on which nothing was sent or received for this long.
  server.timeout = 60_000;
  // Do not limit the number of headers, because Node would silently drop headers after the limit, for example If-Match.
  // maxHeaderSize limits the headers instead.
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
  answerClientErrors(server, pending);
  server.on('request', handle);
  // Handle a request with `Expect: 100-continue` like any other. The body middleware sends `100 Continue` after its
  // checks. Without this listener, Node would send it at once.
  server.on('checkContinue', handle);
  server.on('checkExpectation', handle);
  return { server, pending };
}

/** Starts listening. If the port is unavailable, throws an error that says what to do. */
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
