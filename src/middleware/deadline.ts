import type { RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';
import type { AnswerError } from './error-handler.ts';

/**
 * Answers 503 for a request that takes longer than `defaultMs`, or than its route allows.
 * What is still running then finds its context expired and rolls back instead of committing.
 */
export function createDeadline(defaultMs: number, answer: AnswerError) {
  return (ms: number = defaultMs): RequestHandler =>
    (req, res, next) => {
      const timer = setTimeout(() => {
        req.context.isExpired = true;
        answer(coreErrors.deadlineExceeded([], { headers: { 'Retry-After': '1' } }), req, res);
      }, ms);
      res.once('close', () => {
        clearTimeout(timer);
      });
      next();
    };
}
