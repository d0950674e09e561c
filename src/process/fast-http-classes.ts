import { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../app.ts';

/**
 * Returns request and response classes for `createServer`. Their objects have the prototypes of this Express app from
 * the start. Otherwise, Express would change the prototype of each object, and V8 could not optimize the objects,
 * because they would share no hidden classes. On Node 20, that took half the time of a request.
 */
export function httpClassesOf(app: App['express']) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  // Set the prototypes of the app too. Express compares each object's prototype with them, and leaves the object
  // unchanged if they are equal.
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
