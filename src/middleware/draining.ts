import type { RequestHandler } from 'express';

/** During a shutdown, closes each connection after its response, so that clients connect to another process. */
export function drainHeader(state: { readonly isDraining: boolean }): RequestHandler {
  return (_req, res, next) => {
    if (state.isDraining) res.setHeader('Connection', 'close');
    next();
  };
}
