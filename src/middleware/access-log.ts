import type { Request, RequestHandler, Response } from 'express';
import morgan from 'morgan';
import { runInContext } from '../core/context.ts';
import type { Logger } from '../core/ports.ts';

const roundToMicroseconds = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/**
 * Logs one line per request, after the response was sent or aborted. Requests to health checks are logged at debug
 * level.
 */
export function accessLog(logger: Logger): RequestHandler {
  const log = morgan<Request, Response>(
    (_tokens, req, res) => {
      const status = res.headersSent ? res.statusCode : null;
      const fields = {
        method: req.method,
        // Log the route template instead of the URL, because URLs contain ids and search terms.
        route: req.routeTemplate ?? null,
        status,
        durationMs: roundToMicroseconds(performance.now() - req.startedAt),
        bytes: Number(res.getHeader('content-length') ?? 0),
        ip: req.context.ip,
      };
      const isHealth = req.routeTemplate?.startsWith('/health/') === true;
      logger[isHealth ? 'debug' : 'info'](
        'request',
        status === null ? { ...fields, isAborted: true } : fields,
      );
      // Return undefined, so that morgan writes nothing itself.
      return undefined;
    },
    // Call morgan when the response closes. Its own detection of the end adds several listeners to each request.
    { immediate: true },
  );
  return (req, res, next) => {
    req.startedAt = performance.now();
    res.once('close', () => {
      // The event can be emitted in the context of another request.
      runInContext(req.context, () => {
        log(req, res, () => undefined);
      });
    });
    next();
  };
}
