import type { Request, RequestHandler } from 'express';
import { runInContext, type RequestContext } from '../core/context.ts';
import { languages, type Language } from '../core/languages.ts';
import type { Ids } from '../core/ports.ts';
import { clientAddress } from './client-address.ts';

const acceptable = /^[A-Za-z0-9._-]{1,64}$/;
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

function traceIdOf(header: string | undefined): string | undefined {
  const traceId = traceparent.exec(header ?? '')?.[1];
  return traceId === '0'.repeat(32) ? undefined : traceId;
}

const maxHeaderLength = 1_000;

/** Returns the supported language that the caller prefers, or null if its `Accept-Language` (RFC 9110) names none. */
export function languageOf(req: Request): Language | null {
  const header = req.headers['accept-language'];
  // Ignore `*`, which HTTP clients such as fetch send by default and which names no language. Ignore long headers,
  // because parsing 16 kB takes milliseconds.
  if (header === undefined || header === '*' || header.length > maxHeaderLength) return null;
  const preferred = req.acceptsLanguages([...languages]);
  return languages.find((language) => language === preferred) ?? null;
}

/** Sets `req.context`, runs the rest of the request in this context, and sends the request id in `X-Request-Id`. */
export function requestContext(ids: Ids): RequestHandler {
  return (req, res, next) => {
    const offered = req.get('x-request-id');
    const requestId = offered !== undefined && acceptable.test(offered) ? offered : ids.next();
    const traceId = traceIdOf(req.get('traceparent'));
    const context: RequestContext = {
      requestId,
      ip: clientAddress(req),
      userAgent: req.get('user-agent') ?? null,
      language: languageOf(req),
      isLate: false,
      isExpired: false,
      commits: undefined,
      ...(traceId !== undefined && { traceId }),
    };
    req.context = context;
    res.setHeader('X-Request-Id', requestId);
    runInContext(context, next);
  };
}
