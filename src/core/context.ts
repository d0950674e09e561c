import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the request being answered; reachable anywhere below it without being passed on. */
export interface RequestContext {
  readonly requestId: string;
  /** The trace this request belongs to, from `traceparent` (W3C Trace Context). */
  readonly traceId?: string;
  userId?: string;
  /** Set once the request's deadline has answered for it: what is still running must not commit. */
  isExpired: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` and everything it starts inside this context. */
export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

/** The context of the request being answered; undefined outside one (a command, a job, start-up). */
export const currentContext = (): RequestContext | undefined => storage.getStore();
