import { Router, type RequestHandler } from 'express';
import { methodNotAllowed } from '../http/router.ts';

export type Readiness = 'ok' | 'degraded' | 'starting' | 'draining' | 'unavailable';

/**
 * Serves two health checks. `/health/live` replies 200 while the process runs. `/health/ready` replies 200 if the
 * process should receive requests.
 */
export function healthRoutes(readiness: () => Promise<Readiness>, discard: RequestHandler): RequestHandler {
  const prepare: RequestHandler = (req, res, next) => {
    req.routeTemplate = req.path;
    res.setHeader('Cache-Control', 'no-store');
    next();
  };
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/health/live', prepare, discard, (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/health/ready', prepare, discard, async (_req, res) => {
    const status = await readiness();
    res.status(status === 'ok' || status === 'degraded' ? 200 : 503).json({ status });
  });
  router.all(['/health/live', '/health/ready'], methodNotAllowed(['get']));
  return (req, res, next) => {
    // Pass only these paths to the router. Otherwise, every request would be compared with each of its routes.
    if (req.path.startsWith('/health/')) router(req, res, next);
    else next();
  };
}
