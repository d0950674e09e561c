import type { RequestHandler } from 'express';
import type { RequestContext } from '../core/context.ts';
import type { ErrorFactory } from '../core/errors.ts';
import type { RawReply, Reply } from './reply.ts';
import type { Infer, Schema } from '../core/schema.ts';
import type { ExpectedVersion } from '../core/version.ts';

/** Ordinary Express middleware. */
export type Middleware = RequestHandler;

/** The authenticated caller of this request. */
export interface Caller {
  readonly userId: string;
  /** The id of the session or API key that authenticated the request. */
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  readonly authenticatedAt: Date;
  /**
   * The value grows with every change that revokes access. Pass it to `lockActiveAtVersion` to detect such a change
   * since the authentication.
   */
  readonly tokenVersion: number;
  /** True if the sign-in used a second factor. */
  readonly hasMfa: boolean;
  /** The organization that owns the API key. null for sessions and for API keys of a user. */
  readonly organizationId: string | null;
}

/**
 * Who may call a route. `public` ignores the access token, `optional` uses a valid token, and `authenticated` requires
 * a valid token. `{ permission }` also requires that one of the caller's roles grants the permission.
 */
export type Access = 'public' | 'optional' | 'authenticated' | { readonly permission: string };

type CallerFor<A extends Access> = A extends 'public' ? null : A extends 'optional' ? Caller | null : Caller;

/** The parts of the HTTP request that a handler may read in addition to its validated input. */
export interface RequestFacts {
  readonly ip: string;
  readonly userAgent: string | null;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** Returns the value of a request header, such as a signature of the body. */
  readonly header: (name: string) => string | undefined;
  /** The unparsed body, for verifying a signature. Empty if there is no body. */
  readonly rawBody: Buffer;
  /** The body as a stream, on a route with `upload`. Throws PAYLOAD_TOO_LARGE if the body is too long. */
  readonly upload: AsyncIterable<Uint8Array>;
  readonly expectedVersion: ExpectedVersion;
  readonly request: RequestContext;
}

type InferOr<S, Otherwise> = S extends Schema ? Infer<S> : Otherwise;

/** The typed input of a handler. */
export interface RouteInput<
  Params = unknown,
  Query = unknown,
  Body = unknown,
  Who extends Caller | null = Caller,
  Extra = unknown,
> extends RequestFacts {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Who;
  /** The value that the scope's `context` returned. */
  readonly context: Extra;
}

/** The type of a controller method's parameter. Name only the parts that the method uses. */
export type Input<
  Parts extends {
    params?: unknown;
    query?: unknown;
    body?: unknown;
    caller?: Caller | null;
    context?: unknown;
  } = object,
> = RouteInput<
  Parts extends { params: infer P } ? P : unknown,
  Parts extends { query: infer Q } ? Q : unknown,
  Parts extends { body: infer B } ? B : unknown,
  Parts extends { caller: infer C extends Caller | null } ? C : Caller,
  Parts extends { context: infer X } ? X : unknown
>;

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Maps a status to the schema of `data`, or to null if the reply has no body. */
export type Replies = Readonly<Record<number, Schema | null>>;

type ReplyOf<R extends Replies> = {
  [Status in keyof R & number]: Reply<Status, R[Status] extends Schema ? Infer<R[Status]> : undefined>;
}[keyof R & number];

/** Announces the deprecation of a route in the headers of its replies. */
export interface Deprecation {
  /** The time at which the route became deprecated (RFC 9745). */
  readonly since: Date;
  /** The time at which the route will be removed (RFC 8594). */
  readonly sunset?: Date;
}

/** A body that is not kept in memory: the handler reads it as a stream. */
export interface Upload {
  /** The media type, such as `text/csv`. Text types must be in UTF-8. */
  readonly type: string;
  readonly maxBytes: number;
  /** The time limit for the whole upload, in seconds: at most 3,600, and `uploadMaxSeconds` by default. */
  readonly maxSeconds?: number;
}

/** The default time limit of an upload, in seconds. It is enough for 20 MB at 0.3 Mbit/s. */
export const uploadMaxSeconds = 600;

/** The longest pause within an upload, in seconds. */
export const uploadStallSeconds = 10;

/** The properties of a route that have nothing to do with its schemas. */
export interface RouteFacts {
  readonly method: Method;
  /** The path relative to the path of the module. `/` is the path of the module itself. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly replies: Replies;
  readonly errors?: readonly ErrorFactory[];
  /** Requires or allows the header Idempotency-Key. A client can safely repeat a request with a key. */
  readonly idempotency?: 'required' | 'optional';
  readonly deprecated?: Deprecation;
  /** Express middleware for this route only. It runs before the body is read. */
  readonly use?: readonly Middleware[];
  /**
   * Loads the caller from the database instead of the cache. Use it for reads whose reply depends on the caller's
   * permissions.
   */
  readonly requiresFreshCaller?: true;
  /** Requires that the caller signed in with a second factor (otherwise 403 AUTH_MFA_REQUIRED). */
  readonly requireMfa?: true;
  /** Requires that the caller signed in within the last ten minutes (otherwise 403 AUTH_RECENT_SIGN_IN_REQUIRED). */
  readonly requireRecentSignIn?: true;
  /**
   * Allows API keys on a route that requires no permission. On a route that requires a permission, every key with that
   * permission is accepted anyway.
   */
  readonly acceptsMachineKeys?: true;
  /** Accepts an upload instead of a JSON body. */
  readonly upload?: Upload;
  /** The time limit from the end of the body to the reply, in ms. REQUEST_DEADLINE_MS by default. */
  readonly deadlineMs?: number;
}

/** A row of a module's route table, as the router, OpenAPI and the tests read it. */
export interface RouteDefinition extends RouteFacts {
  readonly access: Access;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly guards: readonly ((input: RouteInput) => void | Promise<void>)[];
  readonly contexts: readonly ((input: RouteInput) => unknown)[];
  readonly handle: (input: RouteInput) => Promise<Reply | RawReply> | Reply | RawReply;
}

/** A row of a route table, together with its full path and its module. */
export interface BoundRoute {
  readonly module: string;
  /** The full path, such as `/api/v1/users/:id`. */
  readonly path: string;
  readonly route: RouteDefinition;
}

type NoSchema = undefined;

interface RouteSpec<
  A extends Access,
  P extends Schema | NoSchema,
  Q extends Schema | NoSchema,
  B extends Schema | NoSchema,
  R extends Replies,
  Extra,
> extends RouteFacts {
  readonly access: A;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly replies: R;
  readonly guards?: readonly Guard<A, P, Q, B, Extra>[];
  readonly handle: (
    input: RouteInput<InferOr<P, unknown>, InferOr<Q, unknown>, InferOr<B, unknown>, CallerFor<A>, Extra>,
  ) => Promise<ReplyOf<R> | RawReply> | ReplyOf<R> | RawReply;
}

/** Checks something that a permission cannot express. Throws one of the module's errors to refuse the request. */
type Guard<A extends Access, P, Q, B, Extra> = (
  input: RouteInput<InferOr<P, unknown>, InferOr<Q, unknown>, InferOr<B, unknown>, CallerFor<A>, Extra>,
) => void | Promise<void>;

/** Properties that several routes share. */
export interface Scope<A extends Access, Extra extends object> {
  readonly access: A;
  readonly guards?: readonly ((
    input: RouteInput<unknown, unknown, unknown, CallerFor<A>>,
  ) => void | Promise<void>)[];
  /** Loads a value after all guards have passed. Handlers receive the value as `input.context`. */
  readonly context?: (input: RouteInput<unknown, unknown, unknown, CallerFor<A>>) => Extra | Promise<Extra>;
}

type ScopedSpec<
  A extends Access,
  P extends Schema | NoSchema,
  Q extends Schema | NoSchema,
  B extends Schema | NoSchema,
  R extends Replies,
  Extra,
> = Omit<RouteSpec<A, P, Q, B, R, Extra>, 'access'>;

/** Declares routes that share their access, guards and context. */
export interface ScopedRoute<A extends Access, Extra> {
  <
    P extends Schema | NoSchema = NoSchema,
    Q extends Schema | NoSchema = NoSchema,
    B extends Schema | NoSchema = NoSchema,
    const R extends Replies = Replies,
  >(
    spec: ScopedSpec<A, P, Q, B, R, Extra>,
  ): RouteDefinition;
}

function makeRoute<
  const A extends Access,
  P extends Schema | NoSchema = NoSchema,
  Q extends Schema | NoSchema = NoSchema,
  B extends Schema | NoSchema = NoSchema,
  const R extends Replies = Replies,
>(spec: RouteSpec<A, P, Q, B, R, unknown>): RouteDefinition {
  // The cast loses the exact types. It is safe, because the router validates the input against the same schemas and
  // access.
  return { guards: [], contexts: [], ...spec } as unknown as RouteDefinition;
}

function scoped<const A extends Access, Extra extends object = object>(
  scope: Scope<A, Extra>,
): ScopedRoute<A, Extra> {
  return (spec) =>
    ({
      ...spec,
      access: scope.access,
      guards: [...(scope.guards ?? []), ...(spec.guards ?? [])],
      contexts: scope.context === undefined ? [] : [scope.context],
    }) as unknown as RouteDefinition;
}

/**
 * Declares a row of a route table. `route.with(scope)` returns a function that declares rows with the properties of
 * this scope.
 */
export const route = Object.assign(makeRoute, { with: scoped });
