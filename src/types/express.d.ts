import type { Caller } from '../http/route.ts';
import type { RequestContext } from '../core/context.ts';
import type { Deadline } from '../middleware/deadline.ts';

declare global {
  // Express defines this namespace for extending its Request.
  namespace Express {
    interface Request {
      /** Set by the first middleware. */
      context: RequestContext;
      /** Set on the routes of the API. */
      deadline?: Deadline;
      /** The bytes of a parsed body; undefined if there is no body. */
      rawBody?: Buffer;
      /** The body as a stream, on routes that take an upload. */
      upload?: AsyncIterable<Buffer>;
      /** Set by `cookiesOf`. */
      parsedCookies?: Readonly<Record<string, string | undefined>>;
      /** Set on routes that read the access token; null if there is no valid one. */
      caller?: Caller | null;
      /** The declared path of the route that matched, such as `/api/v1/users/:id`. */
      routeTemplate?: string;
    }
  }
}
