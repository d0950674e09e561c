import { Router, type Request, type RequestHandler, type Response } from 'express';
import { AppError, coreErrors, invalidInput } from '../core/errors.ts';
import { cookiesOf, serializeCookie } from './cookies.ts';
import {
  fingerprintOf,
  readIdempotencyKey,
  type IdempotencyStore,
  type StoredResponse,
} from './idempotency.ts';
import { apiRoot, jsonType, problemType, successBody } from './envelope.ts';
import { renderError } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Caller, RouteDefinition, RouteInput, Upload } from './route.ts';
import { compileReplyCheck } from './reply-check.ts';
import { etagOf, isNotModified, parseIfMatch } from '../core/version.ts';
import { compileValidator, type RawInput } from './validate.ts';

/** A row of a route table with its full path and the module that it belongs to. */
export interface BoundRoute {
  readonly module: string;
  /** From the root, such as `/api/v1/users/:id`. */
  readonly path: string;
  readonly route: RouteDefinition;
}

/** What the router needs from the outside to carry a request through its route. */
export interface RouterOptions {
  /** Answers for the request when it has taken this long, in ms. */
  readonly deadline: (ms: number | undefined) => RequestHandler;
  /** Content type, size, JSON and shape of the body. */
  readonly parseBody: RequestHandler;
  /** Content type and size of a body that its handler reads as it arrives. */
  readonly receiveUpload: (upload: Upload) => RequestHandler;
  /** Puts the caller on the request, or refuses it. */
  readonly authenticate: (route: RouteDefinition) => RequestHandler;
  /** Runs once the caller of a write is known. */
  readonly limitWrites: RequestHandler;
  readonly idempotency: IdempotencyStore;
  /** Hold every reply against its schema: a wrong one is a bug and answers 500. For tests and development. */
  readonly validatesReplies: boolean;
}

const isRead = (route: RouteDefinition): boolean => route.method === 'get';

const bodyParser = ({ upload }: RouteDefinition, options: RouterOptions): RequestHandler =>
  upload === undefined ? options.parseBody : options.receiveUpload(upload);

const noBytes = Buffer.alloc(0);
const noUpload: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

const hasVersion = (data: unknown): data is { version: number } =>
  typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number';

function cacheControl(route: RouteDefinition): string {
  return route.access === 'public' && isRead(route) ? 'public, no-cache' : 'no-store';
}

function toStoredResponse(route: RouteDefinition, reply: Reply): StoredResponse {
  const headers: Record<string, string> = { 'Cache-Control': cacheControl(route), ...reply.headers };
  if (hasVersion(reply.data)) headers['ETag'] = etagOf(reply.data.version);
  const { status, data, meta } = reply;
  if (data === undefined) return { status, headers, body: '' };
  const body = JSON.stringify(successBody(data, meta));
  return { status, headers: { 'Content-Type': jsonType, ...headers }, body };
}

function send(req: Request, res: Response, { status, headers, body }: StoredResponse): void {
  // The deadline may have answered while the work was ending.
  if (res.headersSent) return;
  const etag = headers['ETag'];
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (headers['Content-Language'] !== undefined) res.vary('Accept-Language');
  if (
    (req.method === 'GET' || req.method === 'HEAD') &&
    etag &&
    isNotModified(req.get('if-none-match'), etag)
  ) {
    res.removeHeader('Content-Type');
    res.status(304).end();
    return;
  }
  res.status(status);
  if (body === '') {
    res.end();
    return;
  }
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Whether the caller would rather have an error as a problem document (RFC 9457) than in the envelope. */
export const prefersProblem = (req: Request): boolean =>
  req.accepts(['application/json', problemType]) === problemType;

// A refusal that follows from the state of things is part of the outcome; what a repetition may change is not.
function storableError(req: Request): (error: unknown) => StoredResponse | null {
  return (error) => {
    const isOutcome =
      error instanceof AppError &&
      (error.kind === 'conflict' || error.kind === 'precondition') &&
      error.cookies.length === 0;
    return isOutcome
      ? renderError(error, {
          requestId: req.context.requestId,
          isProblem: prefersProblem(req),
          language: req.context.language,
        })
      : null;
  };
}

function endpoint({ path, route }: BoundRoute, options: RouterOptions): RequestHandler {
  const validate = compileValidator(route);
  const checkReply = options.validatesReplies ? compileReplyCheck(route) : undefined;
  const operation = `${route.method.toUpperCase()} ${path}`;
  if (route.idempotency !== undefined && (route.access === 'public' || route.access === 'optional')) {
    throw new Error(
      `${operation} is idempotent and open to anyone: keys belong to a caller, so give it another access.`,
    );
  }

  if (route.upload !== undefined && (route.body !== undefined || route.idempotency !== undefined)) {
    throw new Error(
      `${operation} takes an upload: it can have no other body, and be compared with no earlier one.`,
    );
  }

  if ((route.upload?.maxSeconds ?? 0) > 3_600)
    throw new Error(`${operation} takes an upload for more than 3,600 seconds: the server ends it earlier.`);

  const readInput = (req: Request): { input: RouteInput; key: string | undefined } => {
    const raw: RawInput = { params: req.params, query: req.query, body: req.body };
    const { values, issues } = validate(raw, req.context.language);
    const { key, issues: keyIssues } =
      route.idempotency === undefined
        ? { issues: [] }
        : readIdempotencyKey(req.get('idempotency-key'), route.idempotency === 'required');
    if (issues.length + keyIssues.length > 0) throw invalidInput(...issues, ...keyIssues);
    const input = {
      params: values.params,
      query: values.query,
      body: values.body,
      // `access` decides whether there is one; the route's type says the same to the handler.
      caller: (req.caller ?? null) as Caller,
      context: undefined,
      ip: req.context.ip,
      userAgent: req.context.userAgent,
      get cookies() {
        return cookiesOf(req);
      },
      header: (name: string) => req.get(name),
      rawBody: req.rawBody ?? noBytes,
      upload: req.upload ?? noUpload,
      expectedVersion: parseIfMatch(req.get('if-match')),
      request: req.context,
    };
    return { input, key };
  };

  const addContext = async (input: RouteInput): Promise<RouteInput> => {
    for (const guard of route.guards) await guard(input);
    const found: unknown[] = [];
    for (const lookUp of route.contexts) found.push(await lookUp(input));
    return found.length === 0 ? input : { ...input, context: Object.assign({}, ...found) as unknown };
  };

  const handle = async (input: RouteInput): Promise<Reply> => {
    const reply = await route.handle(input);
    if ('raw' in reply)
      throw new Error(`${operation} answers raw and cannot be idempotent: a stream cannot be stored.`);
    if (reply.cookies !== undefined && reply.cookies.length > 0) {
      throw new Error(
        `${operation} sets a cookie and cannot be idempotent: a stored answer must sign nobody in.`,
      );
    }
    checkReply?.(reply);
    return reply;
  };

  return async (req, res, next) => {
    const { input, key } = readInput(req);
    const ready = await addContext(input);
    if (key !== undefined && req.caller) {
      const { params, query, body } = input;
      const request = {
        userId: req.caller.userId,
        operation,
        key,
        fingerprint: fingerprintOf({ params, query, body }),
      };
      const { answer, isReplay } = await options.idempotency.run(
        request,
        async () => toStoredResponse(route, await handle(ready)),
        storableError(req),
      );
      if (isReplay) res.setHeader('Idempotency-Replayed', 'true');
      send(req, res, answer);
      return;
    }
    const reply = await route.handle(ready);
    if ('raw' in reply) {
      await reply.raw(req, res, next);
      return;
    }
    checkReply?.(reply);
    for (const cookie of reply.cookies ?? []) res.append('Set-Cookie', serializeCookie(cookie));
    send(req, res, toStoredResponse(route, reply));
  };
}

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

/** Refuses every other method of a path with 405 and `Allow`; answers OPTIONS with the same list. */
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
 * Makes the routes of all modules into one handler: case-sensitive, strict about slashes, and with a 405 for each path.
 * Express tries route after route, so each place below /api/v1 has a router of its own.
 */
export function buildRouter(routes: readonly BoundRoute[], options: RouterOptions): RequestHandler {
  const routers = new Map<string, Router>();
  for (const { path } of routes) {
    const place = mountPointOf(path);
    if (routers.has(place)) continue;
    if (place.includes(':')) throw new Error(`${path} begins with a parameter: let it begin with a name.`);
    const there = routes.filter((bound) => mountPointOf(bound.path) === place);
    routers.set(place, routerOf(there, options));
  }
  return (req, res, next) => {
    const router = routers.get(mountPointOf(req.path));
    if (router === undefined) next();
    else router(req, res, next);
  };
}
