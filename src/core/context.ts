import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './languages.ts';

/** Context of the current request, event or job, carried by AsyncLocalStorage. */
export interface WorkContext {
  readonly requestId: string;
  /** The trace id from `traceparent` (W3C Trace Context). */
  readonly traceId?: string;
  /** The client's address, determined by `TRUST_PROXY`; null for events and jobs. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The client's language; null if it is unknown or not supported. */
  readonly language: Language | null;
  userId?: string;
  /** Set when the deadline has passed: nothing may be committed or retried any more. */
  isLate?: boolean;
  /** Set when the deadline has replied or the attempt was abandoned: no further statement may run. */
  isExpired: boolean;
  /** Settles when all commits sent so far have settled; undefined before the first. */
  commits?: Promise<unknown> | undefined;
}

/** The context of a request, which always has a client. */
export interface RequestContext extends WorkContext {
  readonly ip: string;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** Runs `work`, and everything it starts, in this context. */
export const runInContext = <T>(context: WorkContext, work: () => T): T => storage.run(context, work);

/** Returns the current context; undefined outside any, as in a command or at start-up. */
export const currentContext = (): WorkContext | undefined => storage.getStore();

/** Makes the deadline of this context wait for a commit. `outcome` must not reject. */
export function awaitCommit(context: WorkContext, outcome: Promise<void>): void {
  const { commits } = context;
  context.commits = commits === undefined ? outcome : Promise.all([commits, outcome]);
}

/** Returns whether the deadline of the current context has passed, after which nothing may be committed. */
export function isTooLate(): boolean {
  const context = currentContext();
  return context !== undefined && (context.isLate === true || context.isExpired);
}

/** The part of a context that is stored with an event or job: what caused it, and who. */
export interface WorkHeaders {
  readonly requestId?: string;
  readonly traceId?: string;
  readonly actorId?: string;
}

/** Returns the headers of an event or job created in the current context; empty outside any. */
export function currentHeaders(): WorkHeaders {
  const context = currentContext();
  if (context === undefined) return {};
  const { requestId, traceId, userId: actorId } = context;
  return { requestId, ...(traceId !== undefined && { traceId }), ...(actorId !== undefined && { actorId }) };
}

/** Returns the context in which to handle an event or job. `id` is its request id if no request caused it. */
export const contextOf = ({ requestId, traceId, actorId }: WorkHeaders, id: string): WorkContext => ({
  requestId: requestId ?? id,
  ...(traceId !== undefined && { traceId }),
  ...(actorId !== undefined && { userId: actorId }),
  ip: null,
  userAgent: null,
  language: null,
  isExpired: false,
});
