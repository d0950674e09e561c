import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { RequestContext } from '../core/context.ts';
import { coreErrors } from '../core/errors.ts';
import type { AnswerError } from './error-handler.ts';

// From a stored change to its answer a handler does little more than rendering.
const answerGraceMs = 400;

/**
 * Answers 503 for a request that takes longer than `defaultMs`, or than its route allows.
 * Work that has not sent its COMMIT by then rolls back. A COMMIT that was sent decides the answer: 503 must not hide a
 * change that is stored.
 */
export function createDeadline(defaultMs: number, answer: AnswerError) {
  return (ms: number = defaultMs): RequestHandler =>
    (req, res, next) => {
      const expire = async (): Promise<void> => {
        req.context.isLate = true;
        await commitsAnswered(req.context);
        if (res.writableEnded || res.destroyed) return;
        req.context.isExpired = true;
        answer(coreErrors.deadlineExceeded([], { headers: { 'Retry-After': '1' } }), req, res);
      };
      const timer = setTimeout(() => void expire(), ms);
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
    await sleep(answerGraceMs, undefined, { ref: false });
  }
}
