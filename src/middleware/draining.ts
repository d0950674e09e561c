import type { RequestHandler } from 'express';

/** Tells clients to come back over a new connection, which a balancer leads elsewhere, once this process is on its way out. */
export function drainHeader(state: { readonly isDraining: boolean }): RequestHandler {
  return (_req, res, next) => {
    if (state.isDraining) res.setHeader('Connection', 'close');
    next();
  };
}
