import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { RequestContext } from '../core/context.ts';
import { coreErrors } from '../core/errors.ts';
import type { SendError } from './error-handler.ts';

// The time that a handler has after its COMMIT, because it then only has to render the reply.
const responseGraceMs = 400;

/**
 * Replies 503 if a request takes longer than `defaultMs`, or than the limit of its route. The time for receiving the
 * body does not count. A transaction that has not sent its COMMIT by then is rolled back. If the COMMIT was sent, the
 * deadline waits for its outcome, because a 503 must not hide a stored change.
 */
export function createDeadline(defaultMs: number, sendError: SendError) {
  return (ms: number = defaultMs): RequestHandler =>
    (req, res, next) => {
      let isPaused = false;
      const expire = async (): Promise<void> => {
        req.context.isLate = true;
        await commitsSettled(req.context);
        if (res.writableEnded || res.destroyed) return;
        req.context.isExpired = true;
        sendError(coreErrors.deadlineExceeded([], { headers: { 'Retry-After': '1' } }), req, res);
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

/** Waits for the COMMITs of this request, and then briefly for its handler to reply. */
async function commitsSettled(context: RequestContext): Promise<void> {
  let seen: RequestContext['commits'];
  while (context.commits !== seen) {
    seen = context.commits;
    await seen;
    await sleep(responseGraceMs, undefined, { ref: false });
  }
}
