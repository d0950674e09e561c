import type { RequestHandler } from 'express';
import type { RequestContext } from '../core/context.ts';
import type { ErrorFactory } from '../core/errors.ts';
import type { RawReply, Reply } from './reply.ts';
import type { Infer, Schema } from '../core/schema.ts';
import type { ExpectedVersion } from '../core/version.ts';

/** Ordinary Express middleware. */
export type Middleware = RequestHandler;

/** Whoever asks, as they are at this moment. */
export interface Caller {
  readonly userId: string;
  /** The session, or the machine's key, that the caller came with. */
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  readonly authenticatedAt: Date;
  /** Rises with every change that ends access: `lockActiveAtVersion` of the users tells whether that happened since. */
  readonly tokenVersion: number;
  /** Whether a second factor was shown at sign-in. */
  readonly hasMfa: boolean;
  /** The tenant of the machine key that the caller uses; null for people and for keys of their own. */
  readonly organizationId: string | null;
}

/**
 * Who may ask. `public` never looks at the access token, `optional` uses a valid one and ignores any other,
 * `authenticated` needs one, and `{ permission }` needs one whose roles have it.
 */
export type Access = 'public' | 'optional' | 'authenticated' | { readonly permission: string };

type CallerFor<A extends Access> = A extends 'public' ? null : A extends 'optional' ? Caller | null : Caller;

/** What a handler may know of the HTTP request beyond its validated input. */
export interface RequestFacts {
  readonly ip: string;
  readonly userAgent: string | null;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** A header as it was sent, such as one that vouches for the body. */
  readonly header: (name: string) => string | undefined;
  /** The body byte by byte, for whoever signed it; empty where there is none. */
  readonly rawBody: Buffer;
  /** The body as it arrives, on a route with an `upload`; ends with PAYLOAD_TOO_LARGE once it is too long. */
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
  /** What the scoped builder's `context` looked up. */
  readonly context: Extra;
}

/** A short way to write a controller method's parameter: only the parts that it uses. */
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

/** Status → schema of `data`; null where there is no body. */
export type Replies = Readonly<Record<number, Schema | null>>;

type ReplyOf<R extends Replies> = {
  [Status in keyof R & number]: Reply<Status, R[Status] extends Schema ? Infer<R[Status]> : undefined>;
}[keyof R & number];

export interface Deprecation {
  /** Since when, as a date (RFC 9745). */
  readonly since: Date;
  /** When it will stop answering (RFC 8594). */
  readonly sunset?: Date;
}

/** A body that is not held in memory: its handler reads it piece by piece. */
export interface Upload {
  /** Its media type, such as `text/csv`; in UTF-8 where it is text. */
  readonly type: string;
  readonly maxBytes: number;
  /** How long its sender may take in all; `uploadMaxSeconds` unless given, and an hour at most. */
  readonly maxSeconds?: number;
}

/** Ten minutes: enough for 20 MB at 0.3 Mbit/s. */
export const uploadMaxSeconds = 600;

/** How long the sender of an upload may send nothing. */
export const uploadStallSeconds = 10;

/** The properties of a row that do not depend on its schemas. */
export interface RouteFacts {
  readonly method: Method;
  /** Below the module's path; `/` is the module's path itself. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly replies: Replies;
  readonly errors?: readonly ErrorFactory[];
  /** `required`: refused without an Idempotency-Key; `optional`: safe to repeat when there is one. */
  readonly idempotency?: 'required' | 'optional';
  readonly deprecated?: Deprecation;
  /** Ordinary Express middleware for this route alone, before anything else of it. */
  readonly use?: readonly Middleware[];
  /** Ask who the caller is now, also for a read, because the answer turns on a permission. */
  readonly requiresFreshCaller?: true;
  /** Only for callers who showed a second factor when they signed in (403 AUTH_MFA_REQUIRED). */
  readonly requireMfa?: true;
  /** Only for callers who signed in within the last ten minutes (403 AUTH_RECENT_SIGN_IN_REQUIRED). */
  readonly requireRecentSignIn?: true;
  /** Whether a machine's key will do where no permission is asked for; one with the permission as a scope always will. */
  readonly acceptsMachineKeys?: true;
  /** Takes this in the place of a JSON body. */
  readonly upload?: Upload;
  /** How long an answer may take once the body has arrived, in ms; the service's own deadline unless given. */
  readonly deadlineMs?: number;
}

/** One row of a module's route table, as the router, OpenAPI and the tests read it. */
export interface RouteDefinition extends RouteFacts {
  readonly access: Access;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly guards: readonly ((input: RouteInput) => void | Promise<void>)[];
  readonly contexts: readonly ((input: RouteInput) => unknown)[];
  readonly handle: (input: RouteInput) => Promise<Reply | RawReply> | Reply | RawReply;
}

/** A row of a route table with its full path and the module that it belongs to. */
export interface BoundRoute {
  readonly module: string;
  /** From the root, such as `/api/v1/users/:id`. */
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

/** Decides on more than a permission: throws one of the module's errors, or lets the request through. */
type Guard<A extends Access, P, Q, B, Extra> = (
  input: RouteInput<InferOr<P, unknown>, InferOr<Q, unknown>, InferOr<B, unknown>, CallerFor<A>, Extra>,
) => void | Promise<void>;

/** What the routes of a scope have in common. */
export interface Scope<A extends Access, Extra extends object> {
  readonly access: A;
  readonly guards?: readonly ((
    input: RouteInput<unknown, unknown, unknown, CallerFor<A>>,
  ) => void | Promise<void>)[];
  /** Looked up once the guards have let the request through; handlers get it, typed, as `input.context`. */
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

/** Makes rows that share their access, guards and context. */
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
  // The router gives each handler exactly what its schemas and its access let through: that is what
  // makes forgetting the exact types here safe.
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

/** Makes one row of a route table; `route.with(scope)` makes a builder for rows that share a scope. */
export const route = Object.assign(makeRoute, { with: scoped });
