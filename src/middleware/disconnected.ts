import type { RequestHandler } from 'express';

/**
 * Drops a request whose client has already disconnected. The closed socket has no address for rate limits and logs, and
 * a response could not be delivered.
 */
export const dropDisconnected: RequestHandler = (req, res, next) => {
  if (req.context.ip === '') res.destroy();
  else next();
};
