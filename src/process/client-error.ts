import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { uuidIds } from '../adapters/uuid-ids.ts';
import { coreErrors, type AppError } from '../core/errors.ts';
import { renderError } from '../http/problem.ts';

// Closing a socket with unread bytes resets the connection, and the client may never receive the response. So what the
// client still sends is discarded for this long.
const lingerMs = 1_000;

/**
 * Answers the messages that Node's HTTP parser refuses before they reach Express, in the format of the API. `pending`
 * are the responses of the server that are not finished yet.
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
    // The parser also reports what arrives after the refused bytes.
    if (refused.has(socket) && error.code !== 'ECONNRESET') return;
    if (error.code === 'ECONNRESET' || !socket.writable || !isNextResponse(socket, pending)) socket.destroy();
    else refuse(socket, errorFor(error.code));
  });
  // Without a listener, Node closes the connection without an answer.
  server.on('connect', (_req, socket) => {
    socket.on('error', () => socket.destroy());
    refuse(
      socket,
      coreErrors.methodNotAllowed([], { headers: { Allow: 'DELETE, GET, HEAD, PATCH, POST, PUT' } }),
    );
  });
}

/**
 * Returns whether an answer on this socket would belong to the refused message: it is a new message, or the body of the
 * only request whose response has not begun.
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

/** Returns the whole HTTP message. The headers of the request are unknown, so it is an envelope in English. */
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
