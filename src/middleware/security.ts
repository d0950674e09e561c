import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from 'cors';
import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';

/**
 * Sets security headers, with which browsers must not run scripts in a response, show it in a frame, or guess its type.
 */
export function securityHeaders(isProduction: boolean): RequestHandler {
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    // Omit this header in development, because it would force https on localhost, also for other projects.
    strictTransportSecurity: isProduction && { maxAge: 63_072_000, includeSubDomains: true },
    crossOriginResourcePolicy: { policy: 'same-site' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  // Compute the constant headers once, because running helmet for each response takes longer.
  const sample = new ServerResponse(new IncomingMessage(new Socket()));
  secure(sample.req, sample, () => undefined);
  const headers = new Map(Object.entries(sample.getHeaders()).map(([name, value]) => [name, String(value)]));
  return (_req, res, next) => {
    res.setHeaders(headers);
    next();
  };
}

interface CrossOriginSettings {
  readonly origins: readonly string[];
  /** Additional request headers that pages may send. The headers that the service itself reads are always allowed. */
  readonly headers: readonly string[];
}

/** Allows pages of exactly these origins to send cookies and to read responses (CORS). */
export function crossOrigin({ origins, headers }: CrossOriginSettings): RequestHandler {
  const allowed = new Set(origins);
  const answer = cors({
    origin: true,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'X-Request-Id',
      'X-Requested-With',
      // Allow the headers that tracing libraries add to every request: W3C Trace Context, W3C Baggage, Sentry.
      'traceparent',
      'tracestate',
      'baggage',
      'sentry-trace',
      ...headers,
    ],
    exposedHeaders: [
      'ETag',
      'Location',
      'Retry-After',
      'X-Request-Id',
      'Idempotency-Replayed',
      'RateLimit',
      'RateLimit-Policy',
      'Deprecation',
      'Sunset',
      'WWW-Authenticate',
      'Allow',
    ],
    maxAge: 600,
    optionsSuccessStatus: 204,
  });
  return (req, res, next) => {
    // The response depends on the origin, so a cache must not reuse it for another origin.
    if (allowed.size > 0) res.vary('Origin');
    // Skip cors for other origins, because it would reply to OPTIONS itself.
    if (allowed.has(req.headers.origin ?? '')) answer(req, res, next);
    else next();
  };
}

/** Throws 403 if a trusted proxy received the request over plain http, because its token was sent unencrypted. */
export const requireHttps: RequestHandler = (req, _res, next) => {
  if (req.get('x-forwarded-proto') !== undefined && !req.secure) throw coreErrors.httpsRequired();
  next();
};

/** Throws 400 if the URL is not correctly percent-encoded, because Express would misread its query. */
export const requireReadableUrl: RequestHandler = (req, _res, next) => {
  if (req.url.includes('%')) {
    try {
      decodeURIComponent(req.url);
    } catch (error) {
      throw coreErrors.malformedUrl([], { cause: error });
    }
  }
  next();
};
