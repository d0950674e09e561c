import express, { type Express } from 'express';
import type { Config } from '../config/config.ts';
import type { Ids, Logger } from '../core/ports.ts';
import { accessLog } from './access-log.ts';
import { createProxyTrust } from './client-address.ts';
import { drainHeader } from './draining.ts';
import { dropDisconnected } from './disconnected.ts';
import { requestContext } from './request-context.ts';
import { securityHeaders } from './security.ts';

/** Creates an Express app whose settings do not depend on NODE_ENV. */
export function createExpress(): Express {
  const app = express();
  // Set `env` explicitly, because Express would set it from NODE_ENV. With any value except `production`, Express sends
  // stack traces and writes errors to the console.
  app.set('env', 'production');
  app.set('etag', false);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  return app;
}

interface BaseAppOptions {
  readonly config: Pick<Config, 'isProduction' | 'trustProxy'>;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly state: { readonly isDraining: boolean };
}

/**
 * Creates an Express app with the middleware that every HTTP server of the service needs: context, access log and
 * response headers.
 */
export function createBaseApp({ config, ids, logger, state }: BaseAppOptions): Express {
  const app = createExpress();
  app.set('trust proxy', createProxyTrust(config.trustProxy));
  app.use(requestContext(ids));
  app.use(accessLog(logger));
  app.use(dropDisconnected);
  app.use(drainHeader(state));
  app.use(securityHeaders(config.isProduction));
  return app;
}
