import type { RateLimitInfo } from 'express-rate-limit';
import type { Caller } from '../http/route.ts';
import type { Deadline, RequestContext } from '../core/context.ts';

declare global {
  // Express reserves this namespace for additional properties of its Request.
  namespace Express {
    interface Request {
      /** The state of the rate limiter that ran last. Undefined if that limiter skipped the request. */
      rateLimit?: RateLimitInfo | undefined;
      /** The context of the request, which the first middleware sets. */
      context: RequestContext;
      /** The time at which the request began, from `performance.now()`. Set by the access log. */
      startedAt: number;
      /** The deadline of the request. Set only on API routes. */
      deadline?: Deadline;
      /** The unparsed body, or undefined if there is none. */
      rawBody?: Buffer;
      /** The body as a stream. Set only on routes that accept an upload. */
      upload?: AsyncIterable<Buffer>;
      /** The parsed cookies. `cookiesOf` sets them on its first call. */
      parsedCookies?: Readonly<Record<string, string | undefined>>;
      /** The caller. Set on routes that read the access token. null if the token is missing or invalid. */
      caller?: Caller | null;
      /** The path of the route as it was declared, such as `/api/v1/users/:id`. */
      routeTemplate?: string;
    }
  }
}
