import { createHash, timingSafeEqual } from 'node:crypto';
import express, { Router, type RequestHandler } from 'express';
import helmet from 'helmet';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { coreErrors, type AppError } from '../core/errors.ts';
import { methodNotAllowed } from '../http/router.ts';
import { htmlPage } from './page.ts';

const page = htmlPage(
  {
    title: 'API documentation',
    stylesheet: '/docs/assets/swagger-ui.css',
    icon: '/docs/assets/favicon-32x32.png',
    scripts: ['/docs/assets/swagger-ui-bundle.js', '/docs/start.js'],
  },
  '<div id="docs"></div>',
);

// Served as a separate file, because the content security policy allows no inline scripts.
const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  requestInterceptor: (request) => {
    request.headers['X-Requested-With'] = 'docs';
    return request;
  },
});
`;

const pagePolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
});

// Resolve the path without importing the package, because an import would load the whole package into memory.
const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/swagger-ui.css'));

// Normalize to NFC, because keyboards encode the same password in different ways.
const digest = (text: string): Buffer => createHash('sha256').update(text.normalize('NFC')).digest();

/**
 * Requires this password with HTTP Basic (RFC 7617). Ignores the user name. A wrong password counts as a failed
 * sign-in.
 */
function requirePassword(password: string, limitSignIns: RequestHandler): RequestHandler[] {
  const expected = digest(password);
  const refuse = (): AppError =>
    coreErrors.unauthenticated([], { headers: { 'WWW-Authenticate': 'Basic realm="docs"' } });
  return [
    (req, _res, next) => {
      // Do not count the first request of a browser, which has no password, as a failure.
      if (req.headers.authorization === undefined) throw refuse();
      next();
    },
    limitSignIns,
    (req, _res, next) => {
      const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
      const [, ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
      if (!timingSafeEqual(digest(rest.join(':')), expected)) throw refuse();
      next();
    },
  ];
}

interface DocsSettings {
  /** Returns the OpenAPI document. */
  readonly describe: () => object;
  readonly password: string | undefined;
  /** True if `/docs` is served. `/openapi.json` is always served. */
  readonly hasPage: boolean;
  /** Limits failed sign-ins per client address. */
  readonly limitSignIns: RequestHandler;
}

/** Serves `/openapi.json`, and Swagger UI from the installed package at `/docs`. */
export function docsRoutes({ describe, password, hasPage, limitSignIns }: DocsSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  let text: string | undefined;
  const guard = password === undefined ? [] : requirePassword(password, limitSignIns);
  router.get('/openapi.json', ...guard, (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    text ??= JSON.stringify(describe());
    res.type('application/json').send(text);
  });
  router.all('/openapi.json', methodNotAllowed(['get']));
  if (!hasPage) return router;
  router.get('/docs', ...guard, pagePolicy, (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    res.type('html').send(page);
  });
  router.get('/docs/start.js', (_req, res) => {
    res.type('text/javascript').send(start);
  });
  router.use('/docs/assets', express.static(assets, { index: false, redirect: false, maxAge: '1h' }));
  router.all(['/docs', '/docs/start.js'], methodNotAllowed(['get']));
  return router;
}
