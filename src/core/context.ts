import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './languages.ts';

/** What is known of the request being answered, or of the event or job being dealt with; reachable anywhere below it without being passed on. */
export interface WorkContext {
  readonly requestId: string;
  /** The trace this request belongs to, from `traceparent` (W3C Trace Context). */
  readonly traceId?: string;
  /** The true address of the client, as far as `TRUST_PROXY` tells; null where no client asks. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** What the client wants to read, when that is one of ours. */
  readonly language: Language | null;
  userId?: string;
  /** Set once the deadline has passed: what is not stored yet must not be committed or retried. */
  isLate?: boolean;
  /** Set once the deadline has answered, or the attempt was abandoned: no further statement may run. */
  isExpired: boolean;
  /** Settles with all commits that were sent so far; undefined before the first. */
  commits?: Promise<unknown> | undefined;
}

/** The context of a request: somebody is at the other end. */
export interface RequestContext extends WorkContext {
  readonly ip: string;
}

const storage = new AsyncLocalStorage<WorkContext>();

/** Runs `work` and everything it starts inside this context. */
export const runInContext = <T>(context: WorkContext, work: () => T): T => storage.run(context, work);

/** The context of what is being done; undefined outside any (a command, start-up). */
export const currentContext = (): WorkContext | undefined => storage.getStore();

/** Makes the deadline of this context wait for the outcome of a commit. `outcome` never rejects. */
export function awaitCommit(context: WorkContext, outcome: Promise<void>): void {
  const { commits } = context;
  context.commits = commits === undefined ? outcome : Promise.all([commits, outcome]);
}

/** Whether nothing more may be committed in the current context. */
export function isTooLate(): boolean {
  const context = currentContext();
  return context !== undefined && (context.isLate === true || context.isExpired);
}

/** What of a context travels with an event or a job: what it followed from, and who did it. */
export interface WorkHeaders {
  readonly requestId?: string;
  readonly traceId?: string;
  readonly actorId?: string;
}

/** The headers of what is made now; none outside any context. */
export function currentHeaders(): WorkHeaders {
  const context = currentContext();
  if (context === undefined) return {};
  const { requestId, traceId, userId: actorId } = context;
  return { requestId, ...(traceId !== undefined && { traceId }), ...(actorId !== undefined && { actorId }) };
}

/** The context to deal with an event or a job in; `id` stands in where no request led to it. */
export const contextOf = ({ requestId, traceId, actorId }: WorkHeaders, id: string): WorkContext => ({
  requestId: requestId ?? id,
  ...(traceId !== undefined && { traceId }),
  ...(actorId !== undefined && { userId: actorId }),
  ip: null,
  userAgent: null,
  language: null,
  isExpired: false,
});
