import { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../app.ts';

/**
 * Classes for `createServer` whose objects are requests and answers of this app as soon as they are made.
 * Express changes the prototype of each one that is not, after which V8 knows each object as one of its own kind: what
 * reads it can no longer be cached. On Node 20 that was half of what a request costs.
 */
export function httpClassesOf(app: App['express']) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  // What Express compares with; it leaves alone what has this prototype already.
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
