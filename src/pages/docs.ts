import { createHash, timingSafeEqual } from 'node:crypto';
import express, { Router, type RequestHandler } from 'express';
import helmet from 'helmet';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { coreErrors, type AppError } from '../core/errors.ts';
import { methodNotAllowed } from '../http/router.ts';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API documentation</title>
    <link rel="stylesheet" href="/docs/assets/swagger-ui.css">
    <link rel="icon" href="/docs/assets/favicon-32x32.png">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

// A file of its own, because the content policy allows no script inside the page.
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

// Found and not imported: importing the package would load its whole page into the service.
const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/swagger-ui.css'));

// In NFC, as keyboards spell one password in several ways.
const digest = (text: string): Buffer => createHash('sha256').update(text.normalize('NFC')).digest();

/** Requires HTTP Basic (RFC 7617) with any user name and this password. A wrong password counts as a failed sign-in. */
function requirePassword(password: string, limitSignIns: RequestHandler): RequestHandler[] {
  const expected = digest(password);
  const refuse = (): AppError =>
    coreErrors.unauthenticated([], { headers: { 'WWW-Authenticate': 'Basic realm="docs"' } });
  return [
    (req, _res, next) => {
      // A browser first asks without a password: that is no failure.
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
  /** Makes the OpenAPI document. */
  readonly describe: () => object;
  readonly password: string | undefined;
  /** Whether there is a page beside the document. */
  readonly hasPage: boolean;
  /** Counts failed sign-ins of an address, and refuses when there are too many. */
  readonly limitSignIns: RequestHandler;
}

/** The OpenAPI document and a page to read and try it, from files that are installed here. */
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
