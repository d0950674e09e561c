import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { uuidIds } from '../adapters/uuid-ids.ts';
import { coreErrors, type AppError } from '../core/errors.ts';
import { renderError } from '../http/problem.ts';

// For this long, the service discards what the client still sends. If it closed a socket with unread bytes, the
// connection would be reset, and the client might never receive the response.
const lingerMs = 1_000;

/**
 * Answers the messages that Node's HTTP parser refuses before they reach Express, in the format of the API. `pending`
 * contains the unfinished responses of the server.
 */
export function answerClientErrors(server: Server, pending: ReadonlySet<ServerResponse>): void {
  const refused = new WeakSet<Duplex>();
  const refuse = (socket: Duplex, error: AppError): void => {
    refused.add(socket);
    socket.end(messageOf(error), () => {
      setTimeout(() => socket.destroy(), lingerMs).unref();
    });
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Answer only once, because the parser also reports the bytes that arrive after the refused ones.
    if (refused.has(socket) && error.code !== 'ECONNRESET') return;
    if (error.code === 'ECONNRESET' || !socket.writable || !isNextResponse(socket, pending)) socket.destroy();
    else refuse(socket, errorFor(error.code));
  });
  // Answer CONNECT too, because Node closes the connection without an answer if there is no listener.
  server.on('connect', (_req, socket) => {
    socket.on('error', () => socket.destroy());
    refuse(
      socket,
      coreErrors.methodNotAllowed([], { headers: { Allow: 'DELETE, GET, HEAD, PATCH, POST, PUT' } }),
    );
  });
}

/**
 * Returns whether an answer on this socket would belong to the refused message. That is so if the message is a new one,
 * or is the body of the only request whose response has not begun.
 */
function isNextResponse(socket: Duplex, pending: ReadonlySet<ServerResponse>): boolean {
  const own = [...pending].filter(({ req }) => req.socket === socket);
  return own.length === 0 || (own.length === 1 && own.every((res) => !res.req.complete && !res.headersSent));
}

function errorFor(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return coreErrors.headersTooLarge();
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return coreErrors.tooLarge();
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return coreErrors.requestTimeout();
  return coreErrors.badRequest();
}

/**
 * Returns the whole HTTP message. Its body is an envelope in English, because the headers of the request are unknown.
 */
function messageOf(error: AppError): string {
  const requestId = uuidIds.next();
  const { status, headers, body } = renderError(error, { requestId, isProblem: false, language: null });
  const lines = Object.entries({
    ...headers,
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': requestId,
    Date: new Date().toUTCString(),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
}
