import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { App } from '../app.ts';
import { hasBody } from '../utils/announced-body.ts';
import { httpClassesOf } from './fast-http-classes.ts';
import { closeUnlessRead, isClosing } from './unread-body.ts';

interface Listening {
  readonly host: string;
  readonly port: number;
  /** Where the port comes from, for whoever has to change it; PORT unless given. */
  readonly setting?: 'PORT' | 'WORKER_PORT';
}

/** A server that knows which of its requests have no answer yet. */
export interface HttpServer {
  readonly server: Server;
  readonly pending: ReadonlySet<ServerResponse>;
}

// Longer than any upload may take.
const requestTimeoutMs = 3_660_000;

/** An HTTP server with every time-out set, and none inherited. */
export function createHttpServer({ express }: Pick<App, 'express'>): HttpServer {
  const server = createServer({
    ...httpClassesOf(express),
    // The middleware that reads a body limits its time: this is for bodies that are read some other way.
    requestTimeout: requestTimeoutMs,
    headersTimeout: 10_000,
    // Longer than the 60 s of common balancers, so that they and not we end an idle connection.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  });
  // For one who neither sends nor takes anything; the others end with the request.
  server.timeout = 60_000;
  // Beyond a number of headers Node would drop the rest without a word, an If-Match too; maxHeaderSize is the limit.
  server.maxHeadersCount = 0;
  const pending = new Set<ServerResponse>();
  const answer: RequestListener = (req, res) => {
    if (isClosing(req.socket)) return;
    if (hasBody(req)) closeUnlessRead(req, res);
    pending.add(res);
    res.once('close', () => {
      pending.delete(res);
    });
    express(req, res);
  };
  server.on('request', answer);
  // With `Expect: 100-continue`. Node would ask for the body at once; here its reader does, if nothing forbids the body.
  server.on('checkContinue', answer);
  server.on('checkExpectation', answer);
  return { server, pending };
}

/** Starts listening; throws with what to do when the port is not to be had. */
export async function listen(
  { server }: HttpServer,
  { host, port, setting = 'PORT' }: Listening,
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

function adviceFor(code: string, { host, port, setting = 'PORT' }: Listening): string | null {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another process: stop that one, or set ${setting} to a free port.`;
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this process has: set ${setting} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST=${host} is no address of this machine (${code}): set HOST to one that is, or to 0.0.0.0 for all.`;
  return null;
}
