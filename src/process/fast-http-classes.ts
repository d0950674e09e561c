import { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../app.ts';

/**
 * Returns request and response classes for `createServer` that have the prototypes of this Express app. Otherwise Express
 * changes the prototype of every object, and V8 cannot share hidden classes between them. On Node 20 that was half the
 * cost of a request.
 */
export function httpClassesOf(app: App['express']) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  // Express compares with these, and leaves objects with this prototype unchanged.
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
