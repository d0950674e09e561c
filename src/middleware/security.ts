import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from 'cors';
import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';

/** Headers for answers that no browser should ever run, frame or guess the type of. */
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
    // Over plain http on a developer's machine it would bind localhost to https for every other project too.
    strictTransportSecurity: isProduction && { maxAge: 63_072_000, includeSubDomains: true },
    crossOriginResourcePolicy: { policy: 'same-site' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  // They are the same for every answer, and helmet would work them out each time.
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
  /** Request headers that are allowed beyond those that the service reads. */
  readonly headers: readonly string[];
}

/** Lets the pages of exactly these origins read answers, with cookies; for all others it does nothing. */
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
      // Added by tracing libraries to each request: W3C Trace Context, W3C Baggage, Sentry.
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
    // A cache must not give one origin's answer to another.
    if (allowed.size > 0) res.vary('Origin');
    // Asked about any other origin, cors would answer its OPTIONS by itself.
    if (allowed.has(req.headers.origin ?? '')) answer(req, res, next);
    else next();
  };
}

/** 403 for a request that a trusted proxy took over plain http: its token has already travelled in the clear. */
export const requireHttps: RequestHandler = (req, _res, next) => {
  if (req.get('x-forwarded-proto') !== undefined && !req.secure) throw coreErrors.httpsRequired();
  next();
};

/** 400 for a query that is not correctly percent-encoded; Express would read it as something else. */
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
