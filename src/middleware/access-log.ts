import type { Request, RequestHandler, Response } from 'express';
import morgan from 'morgan';
import type { Logger } from '../core/ports.ts';

/**
 * Logs one line per request, after the response was sent or aborted. Requests to health checks are logged at debug
 * level.
 */
export function accessLog(logger: Logger): RequestHandler {
  return morgan<Request, Response>((tokens, req, res) => {
    const status = res.headersSent ? res.statusCode : null;
    const fields = {
      method: req.method,
      // Log the route template instead of the URL, because URLs contain ids and search terms.
      route: req.routeTemplate ?? null,
      status,
      durationMs: Number(tokens['total-time']?.(req, res) ?? 0),
      bytes: Number(res.getHeader('content-length') ?? 0),
      ip: req.context.ip,
    };
    const isHealth = req.routeTemplate?.startsWith('/health/') === true;
    logger[isHealth ? 'debug' : 'info']('request', status === null ? { ...fields, isAborted: true } : fields);
    // Return undefined, so that morgan writes nothing itself.
    return undefined;
  });
}
