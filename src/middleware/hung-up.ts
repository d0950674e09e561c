import type { RequestHandler } from 'express';

/**
 * Drops a request whose caller hung up before anybody looked at it. A closed socket has no address any more, so that
 * nothing could be counted or noted under it; and nobody would read the answer.
 */
export const dropDisconnected: RequestHandler = (req, res, next) => {
  if (req.context.ip === '') res.destroy();
  else next();
};
