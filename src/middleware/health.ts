import { Router } from 'express';
import { otherMethods } from '../core/router.ts';

export type Readiness = 'ok' | 'degraded' | 'starting' | 'draining' | 'unavailable';

/** `/health/live` says that the process turns; `/health/ready` whether it should be sent requests. */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use((req, res, next) => {
    req.routeTemplate = req.path;
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/health/live', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/health/ready', async (_req, res) => {
    const status = await readiness();
    res.status(status === 'ok' || status === 'degraded' ? 200 : 503).json({ status });
  });
  router.all(['/health/live', '/health/ready'], otherMethods(['get']));
  return router;
}
