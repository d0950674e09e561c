import type { Request, RequestHandler, Response } from 'express';
import morgan from 'morgan';
import type { Logger } from '../core/ports.ts';

/** Writes one line a request when its answer has gone out, or was cut off; health checks at debug level. */
export function accessLog(logger: Logger): RequestHandler {
  return morgan<Request, Response>((tokens, req, res) => {
    const status = res.headersSent ? res.statusCode : null;
    const fields = {
      method: req.method,
      // The template and not the address: addresses hold ids, and queries hold what people search for.
      route: req.routeTemplate ?? null,
      status,
      durationMs: Number(tokens['total-time']?.(req, res) ?? 0),
      bytes: Number(res.getHeader('content-length') ?? 0),
      ip: req.context.ip,
    };
    const isHealth = req.routeTemplate?.startsWith('/health/') === true;
    logger[isHealth ? 'debug' : 'info']('request', status === null ? { ...fields, isAborted: true } : fields);
    // morgan writes nothing itself when it is given nothing.
    return undefined;
  });
}
