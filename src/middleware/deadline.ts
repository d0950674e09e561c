import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { RequestContext } from '../core/context.ts';
import { coreErrors } from '../core/errors.ts';
import type { SendError } from './error-handler.ts';

// From a stored change to its answer a handler does little more than rendering.
const responseGraceMs = 400;

/** The time that is left for a response. */
export interface Deadline {
  /** Stops the time while we wait for the caller. */
  pause(): void;
  /** Begins the time anew. */
  resume(): void;
}

/**
 * Answers 503 for a request whose work takes longer than `defaultMs`, or than its route allows. The time that the caller
 * takes to send the body does not count.
 * Work that has not sent its COMMIT by then rolls back. A COMMIT that was sent decides the answer: 503 must not hide a
 * change that is stored.
 */
export function createDeadline(defaultMs: number, answer: SendError) {
  return (ms: number = defaultMs): RequestHandler =>
    (req, res, next) => {
      let isPaused = false;
      const expire = async (): Promise<void> => {
        req.context.isLate = true;
        await commitsAnswered(req.context);
        if (res.writableEnded || res.destroyed) return;
        req.context.isExpired = true;
        answer(coreErrors.deadlineExceeded([], { headers: { 'Retry-After': '1' } }), req, res);
      };
      const timer = setTimeout(() => {
        if (!isPaused) void expire();
      }, ms);
      req.deadline = {
        pause: () => {
          isPaused = true;
        },
        resume: () => {
          isPaused = false;
          timer.refresh();
        },
      };
      res.once('close', () => {
        clearTimeout(timer);
      });
      next();
    };
}

/** Waits for the commits of this request, and then for its handler to answer. */
async function commitsAnswered(context: RequestContext): Promise<void> {
  let seen: RequestContext['commits'];
  while (context.commits !== seen) {
    seen = context.commits;
    await seen;
    await sleep(responseGraceMs, undefined, { ref: false });
  }
}
