import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './languages.ts';

/** Context of the current request, event or job, carried by AsyncLocalStorage. */
export interface WorkContext {
  readonly requestId: string;
  /** The trace id from `traceparent` (W3C Trace Context). */
  readonly traceId?: string;
  /** The client's address, which depends on the setting `TRUST_PROXY`. null for events and jobs. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The client's language. null if the language is unknown or not supported. */
  readonly language: Language | null;
  userId?: string;
  /** True after the deadline has passed. After that, nothing may be committed or retried. */
  isLate?: boolean;
  /**
   * True after the deadline has sent its reply, or after an attempt at an event or job has timed out. After that, no
   * further statement may run.
   */
  isExpired: boolean;
  /** Settles when all COMMITs sent so far have ended. Undefined before the first COMMIT. */
  commits?: Promise<unknown> | undefined;
}

/** The context of a request, which always has a client. */
export interface RequestContext extends WorkContext {
  readonly ip: string;
}

/** The time limit of a request. */
export interface Deadline {
  /** Stops the time limit while the service waits for bytes from the client. */
  pause(): void;
  /** Starts the time limit again from the beginning. */
  resume(): void;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** Runs `work` in this context, and everything that `work` starts. */
export const runInContext = <T>(context: WorkContext, work: () => T): T => storage.run(context, work);

/**
 * Returns the current context. Returns undefined outside a request, event or job, for example in a command or at
 * startup.
 */
export const currentContext = (): WorkContext | undefined => storage.getStore();

/** Makes the deadline of this context wait for a COMMIT. `outcome` must not reject. */
export function awaitCommit(context: WorkContext, outcome: Promise<void>): void {
  const { commits } = context;
  context.commits = commits === undefined ? outcome : Promise.all([commits, outcome]);
}

/** Returns whether the deadline of the current context has passed. If so, nothing may be committed. */
export function isTooLate(): boolean {
  const context = currentContext();
  return context !== undefined && (context.isLate === true || context.isExpired);
}

/** The part of a context that is stored with an event or job: the request and the user that caused it. */
export interface WorkHeaders {
  readonly requestId?: string;
  readonly traceId?: string;
  readonly actorId?: string;
}

/**
 * Returns the headers for an event or job that is created in the current context. Without a context, the headers are
 * empty.
 */
export function currentHeaders(): WorkHeaders {
  const context = currentContext();
  if (context === undefined) return {};
  const { requestId, traceId, userId: actorId } = context;
  return { requestId, ...(traceId !== undefined && { traceId }), ...(actorId !== undefined && { actorId }) };
}

/**
 * Returns the context for handling an event or job. `id` becomes the request id if no request caused the event or job.
 */
export const contextOf = ({ requestId, traceId, actorId }: WorkHeaders, id: string): WorkContext => ({
  requestId: requestId ?? id,
  ...(traceId !== undefined && { traceId }),
  ...(actorId !== undefined && { userId: actorId }),
  ip: null,
  userAgent: null,
  language: null,
  isExpired: false,
});
