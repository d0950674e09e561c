import { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../app.ts';

/**
 * Returns request and response classes for `createServer`. Their objects have the prototypes of this Express app from
 * the start. Otherwise Express changes the prototype of each object, and V8 cannot optimize them (they share no hidden
 * classes). On Node 20 that took half the time of a request.
 */
export function httpClassesOf(app: App['express']) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  // Express compares each object's prototype with these, and leaves the object unchanged if it is the same.
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
