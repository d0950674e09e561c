import type { RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';

/** Throws 404 for every path without a route. */
export const notFound: RequestHandler = () => {
  throw coreErrors.notFound();
};
