import type { Request, RequestHandler, Response } from 'express';
import { AppError, invalidInput } from '../core/errors.ts';
import { etagOf, isNotModified, parseIfMatch } from '../core/version.ts';
import { cookiesOf, serializeCookie } from './cookies.ts';
import { jsonType, successBody } from './envelope.ts';
import {
  fingerprintOf,
  readIdempotencyKey,
  type IdempotencyStore,
  type StoredResponse,
} from './idempotency.ts';
import { prefersProblem, renderError } from './problem.ts';
import { compileReplyCheck, type ReplyCheck } from './reply-check.ts';
import type { Reply } from './reply.ts';
import type { BoundRoute, Caller, RouteDefinition, RouteInput } from './route.ts';
import { compileValidator, type RawInput } from './validate.ts';

/** The services and settings of an endpoint. */
export interface EndpointOptions {
  readonly idempotency: IdempotencyStore;
  /**
   * True in tests and development: replies are validated against their schemas. A mismatch is a bug and causes a 500.
   */
  readonly validatesReplies: boolean;
}

const noBytes = Buffer.alloc(0);
const noUpload: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

const hasVersion = (data: unknown): data is { version: number } =>
  typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number';

function cacheControl(route: RouteDefinition): string {
  return route.access === 'public' && route.method === 'get' ? 'public, no-cache' : 'no-store';
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
  // Do not reply twice: the deadline may have sent its reply while the handler was finishing.
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

// A conflict is an outcome of the operation, so it is stored and sent again. Other errors are not stored, because a
// retry may succeed.
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

const operationOf = ({ path, route }: BoundRoute): string => `${route.method.toUpperCase()} ${path}`;

function assertValidRoute(bound: BoundRoute): void {
  const { access, body, idempotency, upload } = bound.route;
  const operation = operationOf(bound);
  if (idempotency !== undefined && (access === 'public' || access === 'optional')) {
    throw new Error(
      `${operation} is idempotent and needs no caller: set access to 'authenticated' or a permission, because idempotency keys belong to a user.`,
    );
  }
  if (upload !== undefined && (body !== undefined || idempotency !== undefined)) {
    throw new Error(
      `${operation} takes an upload: remove its body or idempotency, because an upload is not kept in memory.`,
    );
  }
  if ((upload?.maxSeconds ?? 0) > 3_600) {
    throw new Error(`${operation} takes an upload for more than 3,600 seconds: lower maxSeconds.`);
  }
}

interface ValidRequest {
  readonly input: RouteInput;
  readonly idempotencyKey: string | undefined;
}

/**
 * Returns a function that validates a request against the schemas of its route. The function throws `VALIDATION_ERROR`.
 */
function compileInput(route: RouteDefinition): (req: Request) => ValidRequest {
  const validate = compileValidator(route);
  return (req) => {
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
      // `caller` can be null only if `access` allows that. The type of the handler's input then includes null.
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
    return { input, idempotencyKey: key };
  };
}

/** Runs the guards of a route and then loads its contexts. Returns the input with these contexts. */
async function admit({ guards, contexts }: RouteDefinition, input: RouteInput): Promise<RouteInput> {
  for (const guard of guards) await guard(input);
  const found: unknown[] = [];
  for (const lookUp of contexts) found.push(await lookUp(input));
  return found.length === 0 ? input : { ...input, context: Object.assign({}, ...found) as unknown };
}

/**
 * Returns a function that runs the handler of a route at most once per idempotency key. A repeated request receives the
 * stored response.
 */
function compileIdempotentReply(
  bound: BoundRoute,
  { idempotency }: EndpointOptions,
  checkReply: ReplyCheck | undefined,
) {
  const { route } = bound;
  const operation = operationOf(bound);
  const handle = async (input: RouteInput): Promise<StoredResponse> => {
    const reply = await route.handle(input);
    if ('raw' in reply)
      throw new Error(`${operation} is idempotent and replies raw: remove one, a stream cannot be stored.`);
    if (reply.cookies !== undefined && reply.cookies.length > 0) {
      throw new Error(
        `${operation} is idempotent and sets a cookie: remove one, a stored response must not sign anybody in.`,
      );
    }
    checkReply?.(reply);
    return toStoredResponse(route, reply);
  };
  return async (req: Request, res: Response, key: string, input: RouteInput): Promise<void> => {
    const { caller, params, query, body } = input;
    const fingerprint = fingerprintOf({ params, query, body });
    const { response, isReplay } = await idempotency.run(
      { userId: caller.userId, operation, key, fingerprint },
      () => handle(input),
      storableError(req),
    );
    if (isReplay) res.setHeader('Idempotency-Replayed', 'true');
    send(req, res, response);
  };
}

/**
 * Returns the Express handler of a route. The handler validates the input, runs the guards, calls the controller and
 * sends the reply.
 */
export function endpoint(bound: BoundRoute, options: EndpointOptions): RequestHandler {
  assertValidRoute(bound);
  const { route } = bound;
  const checkReply = options.validatesReplies ? compileReplyCheck(route) : undefined;
  const readInput = compileInput(route);
  const replyOnce = compileIdempotentReply(bound, options, checkReply);
  return async (req, res, next) => {
    const { input, idempotencyKey } = readInput(req);
    const admitted = await admit(route, input);
    if (idempotencyKey !== undefined) {
      await replyOnce(req, res, idempotencyKey, admitted);
      return;
    }
    const reply = await route.handle(admitted);
    if ('raw' in reply) {
      await reply.raw(req, res, next);
      return;
    }
    checkReply?.(reply);
    for (const cookie of reply.cookies ?? []) res.append('Set-Cookie', serializeCookie(cookie));
    send(req, res, toStoredResponse(route, reply));
  };
}
