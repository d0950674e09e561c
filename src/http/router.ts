import { Router, type RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';
import { endpoint, type EndpointOptions } from './endpoint.ts';
import { apiRoot } from './envelope.ts';
import type { BoundRoute, RouteDefinition, Upload } from './route.ts';

/** The middleware and services that the router needs for each route. */
export interface RouterOptions extends EndpointOptions {
  /** Replies 503 if the request takes longer than `ms` milliseconds. undefined means REQUEST_DEADLINE_MS. */
  readonly deadline: (ms: number | undefined) => RequestHandler;
  /** Checks and parses a JSON body. */
  readonly parseBody: RequestHandler;
  /** Checks the headers of an upload and makes its body available as a stream. */
  readonly receiveUpload: (upload: Upload) => RequestHandler;
  /** Sets `req.caller`, or throws 401 or 403. */
  readonly authenticate: (route: RouteDefinition) => RequestHandler;
  /** Limits how often a user may write. It runs after `authenticate`. */
  readonly limitWrites: RequestHandler;
}

const isRead = (route: RouteDefinition): boolean => route.method === 'get';

const bodyParser = ({ upload }: RouteDefinition, options: RouterOptions): RequestHandler =>
  upload === undefined ? options.parseBody : options.receiveUpload(upload);

function deprecationHeaders({ deprecated }: RouteDefinition): RequestHandler[] {
  if (deprecated === undefined) return [];
  const { since, sunset } = deprecated;
  return [
    (_req, res, next) => {
      res.setHeader('Deprecation', `@${Math.floor(since.getTime() / 1_000)}`);
      if (sunset !== undefined) res.setHeader('Sunset', sunset.toUTCString());
      next();
    },
  ];
}

const setRouteTemplate =
  (path: string): RequestHandler =>
  (req, _res, next) => {
    req.routeTemplate = path;
    next();
  };

const allowHeader = (methods: readonly string[]): string =>
  [
    ...new Set(methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))),
  ].join(', ');

/**
 * Replies 405 to every method that a path does not have, and 204 to OPTIONS. Both replies list the path's methods in
 * `Allow`.
 */
export function methodNotAllowed(methods: readonly string[]): RequestHandler {
  const allow = allowHeader([...methods, 'options']);
  return (req, res) => {
    if (req.method !== 'OPTIONS') throw coreErrors.methodNotAllowed([], { headers: { Allow: allow } });
    res.setHeader('Allow', allow);
    res.status(204).end();
  };
}

function routerOf(routes: readonly BoundRoute[], options: RouterOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const bound of routes) {
    const { path, route } = bound;
    router[route.method](
      path,
      setRouteTemplate(path),
      options.deadline(route.deadlineMs),
      ...deprecationHeaders(route),
      ...(route.use ?? []),
      bodyParser(route, options),
      options.authenticate(route),
      ...(isRead(route) ? [] : [options.limitWrites]),
      endpoint(bound, options),
    );
  }
  for (const path of new Set(routes.map((bound) => bound.path))) {
    const methods = routes.filter((bound) => bound.path === path).map((bound) => bound.route.method);
    router.all(path, setRouteTemplate(path), methodNotAllowed(methods));
  }
  return router;
}

const mountPointParts = `${apiRoot}/module`.split('/').length;

/** Returns the mount point of a path: `/api/v1/users/:id` → `/api/v1/users`. */
const mountPointOf = (path: string): string => path.split('/', mountPointParts).join('/');

/**
 * Builds one handler from the routes of all modules. Paths are case-sensitive and must not end with an additional
 * slash. Other methods of a path receive 405. Each mount point has its own router, because Express tries the routes of
 * a router one after another and a shorter list is faster.
 */
export function buildRouter(routes: readonly BoundRoute[], options: RouterOptions): RequestHandler {
  const routers = new Map<string, Router>();
  for (const { path } of routes) {
    const mountPoint = mountPointOf(path);
    if (routers.has(mountPoint)) continue;
    if (mountPoint.includes(':'))
      throw new Error(`${path} begins with a parameter: put a fixed name before it.`);
    const mounted = routes.filter((bound) => mountPointOf(bound.path) === mountPoint);
    routers.set(mountPoint, routerOf(mounted, options));
  }
  return (req, res, next) => {
    const router = routers.get(mountPointOf(req.path));
    if (router === undefined) next();
    else router(req, res, next);
  };
}
