import express, { Router, type Express, type RequestHandler } from 'express';
import { otherMethods } from '../core/router.ts';

export type Readiness = 'ok' | 'degraded' | 'starting' | 'draining' | 'unavailable';

/** `/health/live` says that the process turns; `/health/ready` whether it should be sent requests. */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  const prepare: RequestHandler = (req, res, next) => {
    req.routeTemplate = req.path;
    res.setHeader('Cache-Control', 'no-store');
    next();
  };
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/health/live', prepare, (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/health/ready', prepare, async (_req, res) => {
    const status = await readiness();
    res.status(status === 'ok' || status === 'degraded' ? 200 : 503).json({ status });
  });
  router.all(['/health/live', '/health/ready'], otherMethods(['get']));
  return router;
}

/** What answers on the port of a process that serves no API. */
export function createHealthServer(readiness: () => Promise<Readiness>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(readiness));
  return app;
}
