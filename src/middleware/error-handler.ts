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
  // Check for `expose`, which Express's own errors have. A `status` alone is not enough, because errors of HTTP client
  // libraries have one too.
  ('expose' in error || error instanceof URIError);

/** Converts an error of Express or of its middleware. Returns undefined for an error with an unknown status. */
function fromExpress(error: ThrownByExpress & Error): AppError | undefined {
  if (error.status === 413) return coreErrors.tooLarge([], { cause: error });
  if (error.status === 415) return coreErrors.unsupportedMediaType([], { cause: error });
  if (error instanceof URIError || error.message.startsWith('Failed to decode param')) {
    return coreErrors.malformedUrl([], { cause: error });
  }
  return error.status >= 400 && error.status < 500 ? coreErrors.badRequest([], { cause: error }) : undefined;
}

/** Converts any thrown value to an AppError. An unknown value becomes INTERNAL. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const known = toDatabaseError(error) ?? (isThrownByExpress(error) ? fromExpress(error) : undefined);
  return known ?? coreErrors.internal([], { cause: error });
}

const describe = (cause: unknown): string | undefined =>
  cause === undefined ? undefined : cause instanceof Error ? cause.stack : inspect(cause);

/** Returns whether the failure is the service's and not the caller's. */
const isServerError = ({ kind }: AppError): boolean => statusOf(kind) >= 500;

function send(error: AppError, req: Request, res: Response, isDebugging: boolean): void {
  if (res.headersSent) {
    // Close the connection, because part of the response was already sent. A closed connection is the only sign that
    // the response is incomplete.
    if (!res.writableEnded) res.destroy();
    return;
  }
  const { status, headers, body } = renderError(error, {
    requestId: req.context.requestId,
    isProblem: prefersProblem(req),
    language: req.context.language,
    ...(isDebugging &&
      isServerError(error) && { debug: { stack: error.stack, cause: describe(error.cause) } }),
  });
  res.removeHeader('ETag');
  res.vary('Accept-Language');
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  for (const cookie of error.cookies) res.append('Set-Cookie', serializeCookie(cookie));
  res.status(status);
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Sends the error response for a thrown value. */
export type SendError = (thrown: unknown, req: Request, res: Response) => void;

interface SendErrorSettings {
  readonly logger: Logger;
  readonly isDebugging: boolean;
  /** Called for each 403 that an authenticated caller receives. */
  readonly onRefused: (caller: { readonly userId: string }) => void;
}

/** Creates a function that sends error responses. For each 5xx, it logs exactly one line at error level. */
export function createSendError({ logger, isDebugging, onRefused }: SendErrorSettings): SendError {
  return (thrown, req, res) => {
    const error = toAppError(thrown);
    // Do not log the same failure twice. After the deadline has replied and logged it, the remaining work of the
    // handler throws it again.
    const isLogged = req.context.isExpired && res.headersSent;
    if (isServerError(error) && !isLogged) {
      logger.error(error.message, { code: error.code, error: error.cause ?? error });
    }
    if (error.kind === 'forbidden' && req.caller) onRefused(req.caller);
    if (isValidationHole(error.cause)) {
      logger.warn('Validation hole: a schema accepted a value that the database refused.', {
        error: error.cause,
      });
    }
    send(error, req, res, isDebugging);
  };
}

/** Sends an error response for everything that the other middleware throw. This middleware must be the last one. */
export function errorHandler(sendError: SendError): ErrorRequestHandler {
  // Express recognizes an error handler by its four parameters, so keep the unused one.
  return (thrown: unknown, req, res, _next) => {
    sendError(thrown, req, res);
  };
}
