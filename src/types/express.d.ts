import type { Caller } from '../http/route.ts';
import type { RequestContext } from '../core/context.ts';
import type { Deadline } from '../middleware/deadline.ts';

declare global {
  // Express itself asks for its Request to be extended in this namespace.
  namespace Express {
    interface Request {
      /** Made by the first middleware. */
      context: RequestContext;
      /** Set on the routes of the API. */
      deadline?: Deadline;
      /** The body before it was parsed; missing where there is none. */
      rawBody?: Buffer;
      /** The body as it arrives, on routes that take an upload. */
      upload?: AsyncIterable<Buffer>;
      /** Set by `cookiesOf`. */
      parsedCookies?: Readonly<Record<string, string | undefined>>;
      /** Set on routes that look at the access token; null when it speaks for nobody. */
      caller?: Caller | null;
      /** The route's path as it is declared, once one has matched. */
      routeTemplate?: string;
    }
  }
}
