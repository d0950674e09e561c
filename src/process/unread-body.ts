import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

// Closing a socket with unread bytes resets the connection, and a client that is still sending may never receive its
// response. So the rest of a slightly too long body is read and discarded for a moment.
const lingerMs = 1_000;
const lingerBytes = 262_144;

/** Responses to requests whose body has not been read to its end, by connection. */
const unread = new WeakMap<Socket, ServerResponse>();

/** Returns whether a response has announced the close of this connection, after which no request on it may be processed (RFC 9112, section 9.6). */
export const isClosing = (socket: Socket): boolean => unread.get(socket)?.headersSent === true;

/** Closes the connection after the response unless the body has been read, because the rest of it would be parsed as the next request. */
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
  // Before Node's own listener, which closes the connection.
  res.prependOnceListener('finish', () => {
    if (!req.readableEnded) linger(req);
  });
}

/** Closes this connection gracefully: ends the writing side, and reads a little more of the body. */
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
