import type { RequestHandler } from 'express';

/** While the process drains, closes connections after their response, so that clients reconnect to another process. */
export function drainHeader(state: { readonly isDraining: boolean }): RequestHandler {
  return (_req, res, next) => {
    if (state.isDraining) res.setHeader('Connection', 'close');
    next();
  };
}
