import { inspect } from 'node:util';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { AppError, coreErrors } from '../core/errors.ts';
import type { Logger } from '../core/ports.ts';
import { serializeCookie } from '../http/cookies.ts';
import { statusOf } from '../http/envelope.ts';
import { prefersProblem, renderError } from '../http/problem.ts';
import { isValidationHole, toDatabaseError } from '../db/errors.ts';

interface ThrownByExpress {
  readonly status: number;
}

const isThrownByExpress = (error: unknown): error is ThrownByExpress & Error =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  // The mark of Express's own. Clients of other services put a status on their errors as well.
  ('expose' in error || error instanceof URIError);

/** Translates what Express and its middleware throw. */
function fromExpress(error: ThrownByExpress & Error): AppError | undefined {
  if (error.status === 413) return coreErrors.tooLarge([], { cause: error });
  if (error.status === 415) return coreErrors.unsupportedMediaType([], { cause: error });
  if (error instanceof URIError || error.message.startsWith('Failed to decode param')) {
    return coreErrors.malformedUrl([], { cause: error });
  }
  return error.status >= 400 && error.status < 500 ? coreErrors.badRequest([], { cause: error }) : undefined;
}

/** Any thrown thing as the failure that its caller is told of. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const known = toDatabaseError(error) ?? (isThrownByExpress(error) ? fromExpress(error) : undefined);
  return known ?? coreErrors.internal([], { cause: error });
}

const describe = (cause: unknown): string | undefined =>
  cause === undefined ? undefined : cause instanceof Error ? cause.stack : inspect(cause);

/** Whether the failure is of the service and not of its caller: a stack helps with nothing else. */
const isOurs = ({ kind }: AppError): boolean => statusOf(kind) >= 500;

function send(error: AppError, req: Request, res: Response, isDebugging: boolean): void {
  if (res.headersSent) {
    // Half an answer cannot be taken back; a cut connection is the only way left to say that it is not whole.
    if (!res.writableEnded) res.destroy();
    return;
  }
  const { status, headers, body } = renderError(error, {
    requestId: req.context.requestId,
    isProblem: prefersProblem(req),
    language: req.context.language,
    ...(isDebugging && isOurs(error) && { debug: { stack: error.stack, cause: describe(error.cause) } }),
  });
  res.removeHeader('ETag');
  res.vary('Accept-Language');
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  for (const cookie of error.cookies) res.append('Set-Cookie', serializeCookie(cookie));
  res.status(status);
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Answers a request with whatever was thrown for it. */
export type SendError = (thrown: unknown, req: Request, res: Response) => void;

interface SendErrorSettings {
  readonly logger: Logger;
  readonly isDebugging: boolean;
  /** Told of each 403 of a known caller. */
  readonly onRefused: (caller: { readonly userId: string }) => void;
}

/** Turns whatever was thrown into one answer, and a 5xx into exactly one error line. */
export function createSendError({ logger, isDebugging, onRefused }: SendErrorSettings): SendError {
  return (thrown, req, res) => {
    const error = toAppError(thrown);
    // Once the deadline has answered, what the abandoned work throws is the same failure, already logged.
    const isLogged = req.context.isExpired && res.headersSent;
    if (isOurs(error) && !isLogged) {
      logger.error(error.message, { code: error.code, error: error.cause ?? error });
    }
    if (error.kind === 'forbidden' && req.caller) onRefused(req.caller);
    if (isValidationHole(error.cause)) {
      logger.warn('Validation hole: a schema let through what the database refused.', { error: error.cause });
    }
    send(error, req, res, isDebugging);
  };
}

/** The last middleware. */
export function errorHandler(answer: SendError): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (thrown: unknown, req, res, _next) => {
    answer(thrown, req, res);
  };
}
