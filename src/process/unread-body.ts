import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

// For this long, the rest of a body is read and discarded. If a socket were closed with unread bytes, the connection
// would be reset, and a client that is still sending might never receive its response.
const lingerMs = 1_000;
const lingerBytes = 262_144;

/** Maps a connection to its latest response if the body of the request has not been read completely. */
const unread = new WeakMap<Socket, ServerResponse>();

/**
 * Returns whether a response has announced that this connection will be closed. Further requests on it must not be
 * processed (RFC 9112, section 9.6).
 */
export const isClosing = (socket: Socket): boolean => unread.get(socket)?.headersSent === true;

/**
 * Closes the connection after the response if the body was not read completely. The rest of the body would otherwise be
 * parsed as the next request.
 */
export function closeUnlessRead(req: IncomingMessage, res: ServerResponse): void {
  const { socket } = req;
  const { shouldKeepAlive } = res;
  res.shouldKeepAlive = false;
  unread.set(socket, res);
  req.once('end', () => {
    if (res.headersSent) return;
    res.shouldKeepAlive = shouldKeepAlive;
    unread.delete(socket);
  });
  // This listener must run before Node's own, which closes the connection.
  res.prependOnceListener('finish', () => {
    if (!req.readableEnded) linger(req);
  });
}

/** Closes a connection after reading a little more of the body. No more data is sent meanwhile. */
function linger(req: IncomingMessage): void {
  const { socket } = req;
  let left = lingerBytes;
  req.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0) req.pause();
  });
  req.resume();
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => {
      clearTimeout(timer);
    });
  };
}
