import type { RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';

/** Answers for every path that nothing else has answered. */
export const notFound: RequestHandler = () => {
  throw coreErrors.notFound();
};
