import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

// A close with unread bytes resets the connection, and a caller that still sends may then never see its response. So the
// rest of a body that is a little too long is read and discarded, for a moment.
const lingerMs = 1_000;
const lingerBytes = 262_144;

/** Responses to requests whose body has not been read to its end, by connection. */
const unread = new WeakMap<Socket, ServerResponse>();

/** Returns whether a response has announced the end of this connection: no further request on it may be processed (RFC 9112, section 9.6). */
export const isClosing = (socket: Socket): boolean => unread.get(socket)?.headersSent === true;

/** Closes the connection after the response, unless the body has been read by then: what is left of it would be taken for the next request. */
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

/** Makes the close of this connection a gentle one: ends our side at once, and reads a little more of the other side. */
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
