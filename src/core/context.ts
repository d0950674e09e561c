import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './languages.ts';

/** What is known of the request being answered; reachable anywhere below it without being passed on. */
export interface RequestContext {
  readonly requestId: string;
  /** The trace this request belongs to, from `traceparent` (W3C Trace Context). */
  readonly traceId?: string;
  /** The true address of the client, as far as `TRUST_PROXY` tells. */
  readonly ip: string;
  readonly userAgent: string | null;
  /** What the client wants to read, when that is one of ours. */
  readonly language: Language | null;
  userId?: string;
  /** Set once the request's deadline has answered for it: what is still running must not commit. */
  isExpired: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` and everything it starts inside this context. */
export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

/** The context of the request being answered; undefined outside one (a command, a job, start-up). */
export const currentContext = (): RequestContext | undefined => storage.getStore();
