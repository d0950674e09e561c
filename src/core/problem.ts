import type { AppError } from './errors.ts';
import { statusOf } from './errors.ts';

export const problemType = 'application/problem+json';
const jsonType = 'application/json; charset=utf-8';

interface RenderOptions {
  readonly requestId: string;
  /** As RFC 9457 wants it, rather than in the envelope of every other answer. */
  readonly isProblem: boolean;
  /** Development only. */
  readonly debug?: { readonly stack: string | undefined; readonly cause: string | undefined };
}

/** An error as the caller gets it. */
export interface RenderedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes an error in the envelope, or as a problem document (RFC 9457). */
export function renderError(error: AppError, { requestId, isProblem, debug }: RenderOptions): RenderedError {
  const status = statusOf(error.kind);
  const { code, message } = error;
  const details = error.details.length === 0 ? {} : { details: error.details };
  const head = isProblem
    ? { type: 'about:blank', title: message, status, detail: message, code }
    : { status: 'error', code, message };
  const headers = {
    'Content-Type': isProblem ? problemType : jsonType,
    'Cache-Control': 'no-store',
    // A 401 names how to sign in (RFC 9110).
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    ...error.headers,
  };
  const body = JSON.stringify({ ...head, ...details, requestId, ...(debug === undefined ? {} : { debug }) });
  return { status, headers, body };
}
